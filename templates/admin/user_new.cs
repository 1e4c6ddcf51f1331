<?cs # frame: app ?>
<?cs # Invites a person.  Reads Invite.{Account,Staff}, Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Page.Path ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs if:Form.F.account.Name ?><?cs call:hidden("account", Form.F.account.Value) ?><?cs /if ?>
<?cs call:card_begin("person", "{{The person}}") ?>
<p class="fw-2">{{For %s. The mail with the link works for 7 days.|Invite.Account}}</p>
<div class="fw-fields">
<?cs call:field(Form.F.email, "fw-f3", "{{The person logs in with it.}}", "off") ?>
<?cs call:field(Form.F.name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.language, "fw-f3", "{{Of the invitation; the person may choose another.}}", "") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("rights", "{{What the person may do}}") ?><div class="fw-fields">
<?cs call:field_checks(Form.F.roles, "fw-f6", "") ?>
<?cs if:Invite.Staff ?>
<?cs call:field_select(Form.F.department, "fw-f3", "", "{{None}}") ?>
<?cs call:field_select(Form.F.manager, "fw-f3", "{{Is told when something of the person is late, and decides where a step names the manager.}}", "{{None}}") ?>
<?cs call:field_select(Form.F.scope, "fw-f3", "{{Which records the person sees, by owner and department.}}", "") ?>
<?cs /if ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Send the invitation}}", "send", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
