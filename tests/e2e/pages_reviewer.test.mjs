// The pages of those who decide on registrations, each in both languages, light and dark, on a desk and on a phone.

import { walk } from './walk.mjs';

walk('A channel manager', 'maria.keller@halden.example', ['/staff/', '/staff/deals'], 8);
