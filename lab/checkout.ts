import { join } from 'node:path';

/** The project's folder: the parent of `lab/`, and of `build/`, where lab's programs are bundled. */
export const checkout = join(import.meta.dirname, '..');

/** Where downloads are kept between runs; ignored by git. */
export const cacheFolder = join(checkout, '.cache');
