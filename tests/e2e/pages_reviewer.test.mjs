// The pages of those who decide on registrations: most are the administrator's, with other rights, so that one
// more look at each is enough, the one that is farthest from the first.

import { walk } from './walk.mjs';

walk('A channel manager', 'maria.keller@halden.example', ['/staff/', '/staff/deals'], 8,
    [{ lang: 'zh-CN', theme: 'dark', width: 390 }]);
