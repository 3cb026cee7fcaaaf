/** The stage, as a part that loads on its own: title, question and transport can be read while it is on its way. */
export { StagePanel as default } from '../panels/StagePanel/index.ts';
