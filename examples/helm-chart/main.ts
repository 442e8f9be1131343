import { chart } from './chart';

chart().synth();
