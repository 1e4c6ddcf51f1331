// The pages of a partner, each in both languages, light and dark, on a desk and on a phone.

import { walk } from './walk.mjs';

walk('A partner’s administrator', 'lin.xiaowen@huaxin.example', ['/partner/', '/account'], 12);
