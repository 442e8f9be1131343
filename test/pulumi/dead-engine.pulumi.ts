import { trySequences } from './sequences';

trySequences('a dead engine'); // mostly waits for locks: beside the others it takes no time
