<?cs # frame: app ?>
<?cs # A benefit: Benefit.{IsNew,Action,Version}, .Tiers.n.{Id,Place,Name}; Form.F.{row_version,name_en,name_zh,sort,active,value_en,value_zh} ?>
<?cs def:benefit_value(name, field, place, label) ?><?cs set:item_value = field.Items[place].Value ?><?cs set:item_fault = field.Items[place].Fault ?><div class="fw-f3"><label class="fw-s fw-2" for="<?cs var:name ?>-<?cs var:place ?>"><?cs var:label ?></label><input class="form-control" type="text" id="<?cs var:name ?>-<?cs var:place ?>" name="<?cs var:name ?>" maxlength="120" autocomplete="off" value="<?cs var:item_value ?>"<?cs if:item_fault ?> aria-invalid="true" aria-describedby="<?cs var:name ?>-<?cs var:place ?>-err"<?cs /if ?>><?cs if:item_fault ?><div class="fw-err" id="<?cs var:name ?>-<?cs var:place ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:item_fault ?></span></div><?cs /if ?></div><?cs /def ?>
<?cs call:head() ?>
<form action="<?cs var:Benefit.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Benefit.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?>
<?cs call:card_begin("benefit", "{{The benefit}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.sort, "fw-f2", "{{Smaller numbers come first.}}", "off") ?><?cs call:field_check(Form.F.active, "{{Partners do not see what is off.}}") ?>
</div><?cs call:card_end() ?>
<?cs if:subcount(Benefit.Tiers) ?><?cs call:card_begin("values", "{{What each tier gives of it}}") ?><p class="fw-2">{{A tier that is left empty gives nothing of it.}}</p><?cs each:t = Benefit.Tiers ?><fieldset class="mb-3"><legend class="form-label fw-b"><?cs var:t.Name ?></legend><?cs call:hidden("tier", t.Id) ?><div class="fw-fields"><?cs call:benefit_value("value_en", Form.F.value_en, t.Place, "{{In English}}") ?><?cs call:benefit_value("value_zh", Form.F.value_zh, t.Place, "{{In Chinese}}") ?></div></fieldset><?cs /each ?><?cs call:card_end() ?><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
<?cs if:!Benefit.IsNew ?><div class="mt-3"><?cs call:card_begin("gone", "{{Delete}}") ?><p>{{It leaves the table of every partner, with what each tier gives of it.}}</p><form action="<?cs var:Benefit.Action ?>/remove" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Benefit.Version) ?><?cs call:submit("{{Delete this benefit}}", "trash", "", "bad") ?></form><?cs call:card_end() ?></div><?cs /if ?>
