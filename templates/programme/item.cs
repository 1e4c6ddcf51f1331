<?cs # frame: app ?>
<?cs # A question or a step: Item.{IsNew,Action,One,RequiredHelp,Version,IsUsed,MayRemove,Kept}, Form.F.{row_version,text_en,text_zh,sort,required,active} ?>
<?cs call:head() ?>
<form action="<?cs var:Item.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Item.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?>
<?cs call:card_begin("item", Item.One) ?><div class="fw-fields">
<?cs call:field(Form.F.text_en, "fw-f6", "", "off") ?><?cs call:field(Form.F.text_zh, "fw-f6", "", "off") ?>
<?cs call:field(Form.F.sort, "fw-f2", "{{Smaller numbers come first.}}", "off") ?>
<?cs call:field_check(Form.F.required, Item.RequiredHelp) ?><?cs call:field_check(Form.F.active, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
<?cs if:!Item.IsNew ?><div class="mt-3"><?cs call:card_begin("gone", "{{Take it away}}") ?><p><?cs if:Item.IsUsed ?><?cs var:Item.Kept ?><?cs else ?>{{Nobody has used it yet: it can be deleted.}}<?cs /if ?></p><?cs if:Item.MayRemove ?><form action="<?cs var:Item.Action ?>/remove" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Item.Version) ?><?cs if:Item.IsUsed ?><?cs call:submit("{{Use it no more}}", "archive", "", "normal") ?><?cs else ?><?cs call:submit("{{Delete}}", "trash", "", "bad") ?><?cs /if ?></form><?cs /if ?><?cs call:card_end() ?></div><?cs /if ?>
