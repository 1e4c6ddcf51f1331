<?cs # frame: app ?>
<?cs # One system parameter: Parameter.{Name,Help,Value,Default,Range,Unit,Differs,IsFlag,MayEdit,Version,Updated,History,Stale,Typed}; Form. ?>
<?cs call:head_begin() ?><?cs if:Parameter.History ?><?cs call:button_link(Parameter.History, "{{History}}", "history", "normal") ?><?cs /if ?><?cs call:head_end() ?>
<?cs if:Parameter.Stale ?><div class="mb-3"><?cs call:note("wait", "{{Somebody changed this meanwhile. What is stored now stands on the right; what you typed is in the form. Save again to keep yours.}}") ?></div><?cs /if ?>
<div class="fw-cols fw-cols-r"><div class="fw-stack">
<?cs if:Parameter.MayEdit ?><?cs call:card_begin("edit", "{{Change it}}") ?><form action="/staff/parameters/<?cs var:Parameter.Name ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Parameter.Version) ?>
<div><label class="form-label" for="value"><?cs var:Form.F.value.Label ?></label>
<?cs if:Parameter.Stale ?><?cs set:shown = Parameter.Typed ?><?cs else ?><?cs set:shown = Form.F.value.Value ?><?cs /if ?>
<?cs if:Parameter.IsFlag ?><select class="form-select w-auto" id="value" name="value"<?cs call:field_aria(Form.F.value, "") ?>><option value="1"<?cs if:shown == "1" ?> selected<?cs /if ?>>{{Yes}}</option><option value="0"<?cs if:shown == "0" ?> selected<?cs /if ?>>{{No}}</option></select>
<?cs else ?><div class="fw-row"><input class="form-control w-auto" id="value" name="value" maxlength="400" value="<?cs var:shown ?>"<?cs call:field_aria(Form.F.value, "1") ?>><?cs if:Parameter.Unit ?><span class="fw-2"><?cs var:Parameter.Unit ?></span><?cs /if ?></div><?cs /if ?>
<div class="form-hint" id="value-hint">{{Allowed: %s|Parameter.Range}}</div><?cs if:Form.F.value.Fault ?><div class="fw-err" id="value-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:Form.F.value.Fault ?></span></div><?cs /if ?></div>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs if:Parameter.Differs ?><?cs call:submit("{{Back to the default}}", "rotate", "default", "normal") ?><?cs /if ?><?cs call:savebar_end("{{In effect within seconds, for everybody, without a restart.}}") ?>
</form><?cs call:card_end() ?><?cs /if ?>
</div><div class="fw-stack">
<?cs call:card_begin("facts", "{{Stored}}") ?><dl class="fw-dl"><?cs call:dl_row("{{Value}}", Parameter.Value) ?><?cs call:dl_row("{{Default}}", Parameter.Default) ?><?cs call:dl_row("{{Range}}", Parameter.Range) ?><?cs if:Parameter.Updated.Text ?><dt>{{Changed}}</dt><dd><?cs call:at(Parameter.Updated) ?></dd><?cs /if ?></dl><?cs call:card_end() ?>
</div></div>
