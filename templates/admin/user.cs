<?cs # frame: app ?>
<?cs # One user.  Reads User.{Name,Email,EmailHref,Account,Href,Version,Self,Staff,MayManage,Invited,Active,Disabled,Seen,HasFactor,
     ByStaff,Manager.{Name,Href}}, Form.F. ?>
<?cs def:act(path, label, icon, kind) ?><form action="<?cs var:User.Href ?>/<?cs var:path ?>" method="post"><?cs call:hidden("form_token", Form.Token) ?><?cs call:submit(label, icon, "", kind) ?></form><?cs /def ?>
<?cs call:head() ?>
<div class="fw-cols fw-cols-r">
<form action="<?cs var:User.Href ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("row_version", User.Version) ?>
<?cs call:card_begin("person", "{{The person}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f3", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("rights", "{{What the person may do}}") ?><div class="fw-fields">
<?cs call:field_checks(Form.F.roles, "fw-f6", "") ?>
<?cs if:User.ByStaff ?>
<?cs if:User.Staff ?><?cs call:field_select(Form.F.department, "fw-f3", "", "{{None}}") ?>
<?cs call:field_select(Form.F.manager, "fw-f3", "{{Is told when something of the person is late, and decides where a step names the manager.}}", "{{None}}") ?>
<?cs call:field_select(Form.F.scope, "fw-f3", "{{Which records the person sees, by owner and department.}}", "") ?><?cs /if ?>
<?cs call:field_check(Form.F.factor_needed, "{{Takes effect at the next log-in.}}") ?>
<?cs /if ?>
</div><?cs call:card_end() ?>
<?cs if:User.MayManage ?><?cs call:savebar_begin() ?><?cs call:submit("{{Save changes}}", "", "", "primary") ?><?cs call:savebar_end("{{New rights hold at once, also where the person is logged in.}}") ?><?cs /if ?>
</form>
<div class="fw-stack">
<?cs call:card_begin("facts", "{{Stored}}") ?><dl class="fw-dl">
<?cs call:dl_row("{{Name}}", User.Name) ?>
<?cs call:dl_row("{{E-mail}}", User.Email) ?>
<?cs if:User.Account ?><?cs call:dl_row("{{Account}}", User.Account) ?><?cs /if ?>
<?cs if:User.Manager.Name ?><dt>{{Manager}}</dt><dd><a href="<?cs var:User.Manager.Href ?>"><?cs var:User.Manager.Name ?></a></dd><?cs /if ?>
<dt>{{Last log-in}}</dt><dd><?cs if:User.Seen.Text ?><?cs call:at(User.Seen) ?><?cs else ?>{{never}}<?cs /if ?></dd>
<?cs if:User.ByStaff ?><dt>{{Second factor}}</dt><dd><?cs if:User.HasFactor ?>{{set up}}<?cs else ?>{{none}}<?cs /if ?></dd><?cs /if ?>
</dl><?cs call:card_end() ?>
<?cs if:User.MaySeeAs ?><?cs call:card_begin("see", "{{See as}}") ?><p>{{Shows the portal as this person sees it. Nothing can be changed there.}}</p><?cs call:act("see-as", "{{See as this person}}", "eye", "") ?><?cs call:card_end() ?><?cs /if ?>
<?cs if:User.MayManage ?>
<?cs call:card_begin("in", "{{Log-in}}") ?><div class="fw-stack-s fw-acts">
<?cs if:User.Invited ?><?cs call:act("invite", "{{Send the invitation again}}", "mail", "") ?><?cs /if ?>
<?cs if:User.Active ?><?cs call:act("sessions", "{{End all sessions}}", "logout", "") ?><?cs /if ?>
<?cs if:User.ByStaff ?><?cs call:button_link(User.EmailHref, "{{Change the e-mail}}", "at", "") ?><?cs /if ?>
<?cs if:User.HasFactor && !User.Self ?><?cs call:act("second-factor", "{{Remove the second factor}}", "shield-off", "bad") ?><?cs /if ?>
<?cs if:User.Disabled ?><?cs call:act("enable", "{{Allow to log in again}}", "user-check", "") ?><?cs elif:!User.Self ?><?cs call:act("disable", "{{Disable}}", "user-off", "bad") ?><p class="fw-s fw-2 m-0">{{Logged out at once; what the person did stays.}}</p><?cs /if ?>
</div><?cs call:card_end() ?>
<?cs /if ?>
</div>
</div>
