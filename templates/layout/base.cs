<?cs # Macros that every page has.  The frames include this file; see README.md for the values. ?>

<?cs def:icon(id) ?><svg class="icon" aria-hidden="true"><use href="{{asset:icons.svg}}#<?cs var:id ?>"></use></svg><?cs /def ?>
<?cs def:icon_s(id) ?><svg class="icon icon-s" aria-hidden="true"><use href="{{asset:icons.svg}}#<?cs var:id ?>"></use></svg><?cs /def ?>

<?cs def:status(s) ?><span class="fw-status" data-tone="<?cs var:s.Tone ?>"><svg class="icon" aria-hidden="true"><use href="{{asset:icons.svg}}#<?cs var:s.Icon ?>"></use></svg><?cs var:s.Label ?></span><?cs /def ?>

<?cs def:at(t) ?><time datetime="<?cs var:t.Iso ?>"><?cs var:t.Text ?></time><?cs /def ?>

<?cs def:count(n) ?><?cs if:n ?><span class="fw-count"><?cs var:n ?></span><?cs /if ?><?cs /def ?>

<?cs # The picture of a tone, for notes. ?>
<?cs def:tone_icon(tone) ?><?cs
 if:tone == "good" ?><?cs call:icon("circle-check") ?><?cs
 elif:tone == "wait" ?><?cs call:icon("alert-triangle") ?><?cs
 elif:tone == "bad" ?><?cs call:icon("alert-circle") ?><?cs
 else ?><?cs call:icon("info-circle") ?><?cs /if ?><?cs /def ?>

<?cs def:note(tone, text) ?><div class="fw-note" data-tone="<?cs var:tone ?>"><?cs call:tone_icon(tone) ?><p><?cs var:text ?></p></div><?cs /def ?>

<?cs # KIND: primary, bad, text, or anything else for a normal one. ?>
<?cs def:button_class(kind) ?><?cs
 if:kind == "primary" ?>btn btn-primary<?cs
 elif:kind == "bad" ?>btn fw-btn fw-btn-bad<?cs
 elif:kind == "text" ?>btn fw-btn-text<?cs
 elif:kind == "small" ?>btn fw-btn btn-sm<?cs
 else ?>btn fw-btn<?cs /if ?><?cs /def ?>

<?cs def:button_link(href, label, id, kind) ?><a class="<?cs call:button_class(kind) ?>" href="<?cs var:href ?>"><?cs if:id ?><?cs call:icon(id) ?><?cs /if ?><?cs var:label ?></a><?cs /def ?>

<?cs # The head of a page: crumbs, title with its status, one line of facts; actions between begin and end. ?>
<?cs def:head_begin() ?>
<div class="fw-head"><div>
<?cs if:subcount(Page.Crumbs) ?><nav aria-label="{{Where you are}}"><ol class="fw-crumbs"><?cs each:crumb = Page.Crumbs ?><li><?cs if:crumb.Href ?><a href="<?cs var:crumb.Href ?>"><?cs var:crumb.Label ?></a><?cs else ?><?cs var:crumb.Label ?><?cs /if ?></li><?cs /each ?></ol></nav><?cs /if ?>
<h1><?cs var:Page.Title ?><?cs if:Page.Status.Label ?> <?cs call:status(Page.Status) ?><?cs /if ?></h1>
<?cs if:subcount(Page.Facts) ?><div class="fw-sub"><?cs each:fact = Page.Facts ?><span><?cs var:fact ?></span><?cs /each ?></div><?cs /if ?>
</div><div class="fw-actions"><?cs /def ?>
<?cs def:head_end() ?></div></div><?cs /def ?>
<?cs def:head() ?><?cs call:head_begin() ?><?cs call:head_end() ?><?cs /def ?>

<?cs # A card with a heading; ID makes the heading's id. ?>
<?cs def:card_begin(id, title) ?><section class="card" aria-labelledby="<?cs var:id ?>-h"><div class="fw-card-h"><h2 class="fw-h2" id="<?cs var:id ?>-h"><?cs var:title ?></h2></div><div class="fw-card-b"><?cs /def ?>
<?cs def:card_end() ?></div></section><?cs /def ?>
<?cs # The same for a table or list, which reaches the card's edges. ?>
<?cs def:card_table_begin(id, title) ?><section class="card" aria-labelledby="<?cs var:id ?>-h"><div class="fw-card-h"><h2 class="fw-h2" id="<?cs var:id ?>-h"><?cs var:title ?></h2></div><?cs /def ?>
<?cs def:card_table_end() ?></section><?cs /def ?>

<?cs # Views of one record: real links. ?>
<?cs def:tabs(t, label) ?><nav aria-label="<?cs var:label ?>"><ul class="fw-tabsbar"><?cs each:tab = t ?><li><a href="<?cs var:tab.Href ?>"<?cs if:tab.Current ?> aria-current="page"<?cs /if ?>><?cs var:tab.Label ?><?cs call:count(tab.Count) ?></a></li><?cs /each ?></ul></nav><?cs /def ?>

<?cs def:dl_row(label, value) ?><dt><?cs var:label ?></dt><dd><?cs var:value ?></dd><?cs /def ?>

<?cs # Nothing there yet: what it is for, and what to do.  HREF "" leaves the button out. ?>
<?cs def:empty(id, title, text, href, label) ?><div class="fw-empty"><?cs call:icon(id) ?><h2><?cs var:title ?></h2><p><?cs var:text ?></p><?cs if:href ?><?cs call:button_link(href, label, "", "primary") ?><?cs /if ?></div><?cs /def ?>

<?cs def:brand_mark() ?><svg viewBox="0 0 28 28" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.25" stroke-linecap="round" stroke-linejoin="round"><path d="M9 24V4l11 5-11 5"></path><path d="M4 24c5-3.5 14-3.5 20 0"></path></svg><?cs /def ?>

<?cs # The portal's sign: the vendor's logo, or the mark.  A theme without a logo of its own has the other one on white. ?>
<?cs def:logo(l, class) ?><img class="<?cs var:class ?>" src="<?cs var:l.Src ?>" width="<?cs var:l.Width ?>" height="<?cs var:l.Height ?>" alt=""><?cs /def ?>
<?cs def:brand_sign() ?><?cs if:Page.Brand.Light.Src ?><?cs if:Page.Brand.Dark.Src ?><?cs call:logo(Page.Brand.Light, "fw-logo fw-logo-light") ?><?cs call:logo(Page.Brand.Dark, "fw-logo fw-logo-dark") ?><?cs else ?><?cs call:logo(Page.Brand.Light, "fw-logo fw-logo-both") ?><?cs /if ?><?cs else ?><?cs call:brand_mark() ?><?cs /if ?><?cs /def ?>
<?cs def:brand_name() ?><?cs if:Page.Brand.Alone ?><span class="visually-hidden"><?cs var:Page.Brand.Name ?></span><?cs else ?><?cs var:Page.Brand.Name ?><?cs /if ?><?cs /def ?>
