<?cs # Frame of signed-in people: side bar, top bar, content, foot, and on a phone a tab bar.
     Reads Page.*, Me.*, NavHtml, TabsHtml, Form.Token.  Page.Bare: the content alone, for htmx. ?>
<?cs if:!Page.Bare ?>
<?cs include:"layout/head.cs" ?>
<meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":false,"error":true}]}'>
<script src="{{asset:htmx.js}}" defer></script>
</head>
<body<?cs if:Page.Density ?> data-density="<?cs var:Page.Density ?>"<?cs /if ?>>
<a class="fw-skip" href="#main">{{Skip to content}}</a>
<div class="fw-app">
<nav class="fw-side" id="nav" popover aria-label="{{Main}}">
<a class="fw-brand" href="<?cs var:Page.Home ?>"><?cs call:brand_sign() ?><span><?cs call:brand_name() ?><small><?cs
 if:Me.Audience == "partner" ?>{{Partner portal}}<?cs
 elif:Me.Audience == "customer" ?>{{Customer portal}}<?cs
 elif:Me.Audience == "staff" ?>{{Staff}}<?cs
 else ?><?cs var:Page.Vendor ?><?cs /if ?></small></span></a>
<?cs if:NavHtml ?><?cs uvar:NavHtml ?><?cs else ?><ul class="fw-nav"><li><a href="<?cs var:Page.Home ?>"><?cs call:icon("home") ?><span>{{Home}}</span></a></li></ul><?cs /if ?>
</nav>
<div>
<header class="fw-top">
<button class="fw-ib fw-burger" type="button" popovertarget="nav" aria-label="{{Menu}}"><?cs call:icon("menu-2") ?></button>
<?cs if:Page.Search.Action ?>
<form role="search" action="<?cs var:Page.Search.Action ?>" method="get"><div class="fw-search"><?cs call:icon("search") ?><label class="visually-hidden" for="top-q">{{Search everything}}</label><input class="form-control" type="search" id="top-q" name="q" placeholder="<?cs var:Page.Search.Placeholder ?>"></div><button class="visually-hidden-focusable btn fw-btn btn-sm" type="submit">{{Search}}</button></form>
<?cs /if ?>
<div class="fw-right">
<?cs if:Page.Alerts.Href ?><a class="fw-ib" href="<?cs var:Page.Alerts.Href ?>" aria-label="<?cs if:Page.Alerts.Count ?>{{Notifications, unread: %s|Page.Alerts.Count}}<?cs else ?>{{Notifications}}<?cs /if ?>"><?cs call:icon("bell") ?><?cs if:Page.Alerts.Count ?><span class="fw-count" data-tone="bad" aria-hidden="true"><?cs var:Page.Alerts.Count ?></span><?cs /if ?></a><?cs /if ?>
<?cs if:Me.Name ?><?cs include:"layout/account_menu.cs" ?><?cs /if ?>
</div>
</header>
<?cs if:Page.Banner.Text ?><div class="fw-banner" role="status"><?cs call:icon("info-circle") ?><span><?cs var:Page.Banner.Text ?></span><?cs if:Page.Banner.Href ?><a href="<?cs var:Page.Banner.Href ?>"><?cs var:Page.Banner.Label ?></a><?cs elif:Page.Banner.Action ?><form action="<?cs var:Page.Banner.Action ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn btn-sm" type="submit"><?cs var:Page.Banner.Label ?></button></form><?cs /if ?></div><?cs /if ?>
<main class="fw-main<?cs if:Page.Wide ?> fw-main-wide<?cs /if ?>" id="main" tabindex="-1">
<?cs include:"layout/messages.cs" ?>
<?cs /if ?>
<?cs include:Page.Template ?>
<?cs if:!Page.Bare ?>
</main>
<footer class="fw-foot"><span>{{%1$s · times shown in %2$s|Page.Brand.Name|Page.Zone}}</span></footer>
</div>
</div>
<?cs if:TabsHtml ?><?cs uvar:TabsHtml ?><?cs /if ?>
</body>
</html>
<?cs /if ?>
