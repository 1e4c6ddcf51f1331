<?cs # Frame of what people print: one sheet, with a bar that paper does not show.
     Reads Page.{Title,Vendor}, Sheet.Back (address to return to), Sheet.Foot (text at the foot). ?>
<?cs include:"layout/head.cs" ?>
</head>
<body>
<main class="fw-main" id="main" tabindex="-1">
<div class="fw-row fw-between fw-noprint mb-3"><?cs if:Sheet.Back ?><?cs call:button_link(Sheet.Back, "{{Back}}", "arrow-left", "") ?><?cs /if ?><span class="fw-2 fw-s">{{Print this page, or save it as PDF, with your browser.}}</span></div>
<article class="fw-sheet">
<header class="fw-sheet-h"><span class="fw-brand"><?cs call:brand_sign() ?><span><?cs var:Page.Vendor ?></span></span><h1 class="fw-h1"><?cs var:Page.Title ?></h1></header>
<?cs include:Page.Template ?>
<?cs if:Sheet.Foot ?><p class="fw-s fw-2 mt-3 mb-0"><?cs var:Sheet.Foot ?></p><?cs /if ?>
</article>
</main>
</body>
</html>
