import { compile } from '@inlang/paraglide-js';
import { paraglide } from './options.ts';

await compile(paraglide);
