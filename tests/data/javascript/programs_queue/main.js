import { Queue } from './queue.js';
import worker, { onError as handle } from './worker.js';
const queue = new Queue({ concurrency: 2, worker });
queue.push(1, (error) => handle(error)).push(2);
queue.drain = () => console.log('done');
queue.finish();
