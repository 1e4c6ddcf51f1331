// The pages of those who are not logged in, each in both languages, light and dark, on a desk and on a phone.

import { walk } from './walk.mjs';

walk('A guest', null, ['/', '/login', '/password'], 3);
