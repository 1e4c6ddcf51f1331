<?cs # frame: app ?>
<?cs # A role: Role.{IsNew,IsStaff,Builtin,Used,Version,Audience,Action,Copy}, Form.F.{name_en,name_zh,scope,from}. ?>
<?cs call:head_begin() ?><?cs if:!Role.IsNew ?><?cs call:button_link(Role.Copy, "{{Copy}}", "copy", "normal") ?><?cs /if ?><?cs call:head_end() ?>
<form action="<?cs var:Role.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:Role.IsNew ?><?cs call:hidden("audience", Role.Audience) ?><?cs else ?><?cs call:hidden("row_version", Role.Version) ?><?cs /if ?>
<?cs call:card_begin("role", "{{The role}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs if:Role.IsStaff ?><?cs call:field_select(Form.F.scope, "fw-f3", "{{Which records people with this role see. Of all that a person has, the widest counts.}}", "") ?><?cs /if ?>
<?cs if:Role.IsNew ?><?cs call:field_select(Form.F.from, "fw-f3", "{{What that role allows, this one allows at first.}}", "{{Nothing yet}}") ?><?cs /if ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Holds at once, also where people are logged in.}}") ?>
</form>
<?cs if:!Role.IsNew && !Role.Builtin ?><div class="mt-3"><?cs call:card_begin("gone", "{{Delete}}") ?><?cs if:Role.Used ?><p class="m-0">{{Somebody has this role. Give these people another first.}}</p><?cs else ?><form action="<?cs var:Role.Action ?>/delete" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><input type="hidden" name="row_version" value="<?cs var:Role.Version ?>"><?cs call:submit("{{Delete this role}}", "trash", "", "bad") ?></form><?cs /if ?><?cs call:card_end() ?></div><?cs /if ?>
