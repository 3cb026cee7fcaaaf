import { createPen, type Picture } from './crowdPen.ts';

/* Draws a crowd beside the page's own thread: new Worker(new URL('./crowdWorker.ts', import.meta.url), { type: 'module' }). */

const show = createPen((screen) => self.postMessage(screen));
self.addEventListener('message', (event: MessageEvent<Picture>) => show(event.data));
