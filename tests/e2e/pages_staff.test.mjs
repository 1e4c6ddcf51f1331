// The pages of those who run the portal, each in both languages, light and dark, on a desk and on a phone.

import { walk } from './walk.mjs';

walk('The portal’s administrator', 'henrik.halvorsen@halden.example', ['/staff/', '/account'], 12);
