// The pages of a customer, each in both languages, light and dark, on a desk and on a phone.

import { walk } from './walk.mjs';

walk('A customer’s administrator', 'stefan.albrecht@aurora-logistics.example', ['/customer/', '/account'], 8);
