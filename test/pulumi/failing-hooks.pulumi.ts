import { trySequences } from './sequences';

trySequences('failing hooks');
