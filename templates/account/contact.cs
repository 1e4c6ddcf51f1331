<?cs # frame: app ?>
<?cs # A person of a company: Contact.{Action,IsNew,MayEdit,Version,Updated}, Contact.Facts.n for who may not change it; Form.F. ?>
<?cs call:head() ?>
<?cs if:Contact.MayEdit ?>
<form action="<?cs var:Contact.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Contact.IsNew ?><?cs call:hidden("row_version", Contact.Version) ?><?cs /if ?>
<?cs call:card_begin("person", "{{The person}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.email, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f3", "", "off") ?>
<?cs call:field_select(Form.F.language, "fw-f2", "{{The language to write to this person in.}}", "") ?>
<?cs call:field_rows(Form.F.remark, "fw-f6", "{{Read by the vendor’s staff alone.}}", "4") ?>
</div><?cs call:card_end() ?>
<?cs if:subcount(Form.More) ?><?cs call:card_begin("own", "{{Further details}}") ?><div class="fw-fields">
<?cs call:fields_more(Form) ?>
</div><?cs call:card_end() ?><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
<?cs if:!Contact.IsNew ?><form class="mt-3" action="<?cs var:Contact.Action ?>/delete" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Contact.Version) ?><?cs call:submit("{{Delete this contact}}", "trash", "", "bad") ?></form><?cs /if ?>
<?cs else ?>
<?cs call:card_begin("person", "{{The person}}") ?><dl class="fw-dl"><?cs each:f = Contact.Facts ?><?cs call:dl_row(f.Label, f.Value) ?><?cs /each ?><dt>{{Changed}}</dt><dd><?cs call:at(Contact.Updated) ?></dd></dl><?cs call:card_end() ?>
<?cs /if ?>
