<?cs # Frame of pages that need no log-in: top bar, content, foot.
     Reads Page.*, LinksHtml (the menu in the top bar; who is signed in has his own at home), Me.Name.  Page.Bare: the content alone. ?>
<?cs if:!Page.Bare ?>
<?cs include:"layout/head.cs" ?>
</head>
<body>
<a class="fw-skip" href="#main">{{Skip to content}}</a>
<div class="fw-pub">
<header class="fw-pub-top"><a class="fw-brand" href="/"><?cs call:brand_sign() ?><span><?cs call:brand_name() ?><?cs if:Page.Vendor != Page.Brand.Name ?><small><?cs var:Page.Vendor ?></small><?cs /if ?></span></a>
<?cs if:LinksHtml && !Me.Name ?><?cs uvar:LinksHtml ?><?cs /if ?>
<div class="fw-row fw-end">
<?cs if:Me.Name ?>
<a class="btn fw-btn" href="<?cs var:Page.Home ?>"><?cs call:icon("home") ?>{{My portal}}</a>
<?cs include:"layout/account_menu.cs" ?>
<?cs else ?>
<a class="fw-ib" href="<?cs var:Page.OtherLang.Href ?>" lang="<?cs var:Page.OtherLang.Code ?>" hreflang="<?cs var:Page.OtherLang.Code ?>"><?cs call:icon("language") ?><?cs var:Page.OtherLang.Label ?></a>
<?cs if:Page.Path != "/login" && Page.Path != "/" ?><a class="btn fw-btn" href="/login">{{Log in}}</a><?cs /if ?>
<?cs /if ?>
</div></header>
<main id="main" tabindex="-1">
<?cs if:Page.Note.Text ?><div class="fw-wrap p-3"><?cs include:"layout/messages.cs" ?></div><?cs /if ?>
<?cs /if ?>
<?cs include:Page.Template ?>
<?cs if:!Page.Bare ?>
</main>
<footer class="fw-foot"><span>© <?cs var:Page.Year ?> <?cs var:Page.Vendor ?></span></footer>
</div>
</body>
</html>
<?cs /if ?>
