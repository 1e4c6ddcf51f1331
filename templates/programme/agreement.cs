<?cs # frame: app ?>
<?cs # One version: Agreement.{Action,Publish,Version,IsDraft,MayEdit}, .Paragraphs.n.Text, .Accepted.n; Form.F. ?>
<?cs call:head_begin() ?><?cs if:Agreement.IsDraft && Agreement.MayEdit ?><form action="<?cs var:Agreement.Publish ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Agreement.Version) ?><button class="btn fw-btn" type="submit"><?cs call:icon("world") ?>{{Publish}}</button></form><?cs /if ?><?cs call:head_end() ?>
<?cs if:Agreement.IsDraft && Agreement.MayEdit ?>
<form action="<?cs var:Agreement.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Agreement.Version) ?>
<?cs call:card_begin("text", "{{The agreement}}") ?><div class="fw-fields">
<?cs call:field(Form.F.title_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.title_zh, "fw-f3", "", "off") ?>
<?cs call:field_rows(Form.F.body_en, "fw-f3", "{{An empty line begins a paragraph.}}", "24") ?><?cs call:field_rows(Form.F.body_zh, "fw-f3", "", "24") ?>
<?cs call:field_check(Form.F.asks_again, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Save before you publish: what is published stays as it is.}}") ?>
</form>
<?cs else ?>
<div class="fw-cols fw-cols-r"><div class="fw-stack">
<?cs call:card_begin("text", "{{The agreement}}") ?><?cs each:p = Agreement.Paragraphs ?><p><?cs var:p.Text ?></p><?cs /each ?><?cs call:card_end() ?>
</div><div class="fw-stack">
<?cs call:card_table_begin("accepted", "{{Who accepted it}}") ?><?cs if:subcount(Agreement.Accepted) ?><table class="fw-table"><caption class="visually-hidden">{{Who accepted it, newest first}}</caption><thead><tr><th scope="col">{{Partner}}</th><th scope="col">{{When and from where}}</th></tr></thead><tbody><?cs each:x = Agreement.Accepted ?><tr><th scope="row"><a href="<?cs var:x.Href ?>"><?cs var:x.Company ?></a><br><span class="fw-s fw-2"><?cs var:x.Who ?>, <?cs var:x.Language ?></span></th><td><?cs call:at(x.At) ?><br><span class="fw-s fw-2 tnum"><?cs var:x.Address ?></span></td></tr><?cs /each ?></tbody></table><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{Nobody yet.}}</p></div><?cs /if ?><?cs call:card_table_end() ?>
</div></div>
<?cs /if ?>
