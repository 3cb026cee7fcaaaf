import { makeCatalogue } from './catalogue.ts';
import { library } from './library/index.ts';
import { worlds } from './worlds/index.ts';

/** The worlds and the library of this release: what page and terminal offer. */
export const catalogue = makeCatalogue(worlds, library);
