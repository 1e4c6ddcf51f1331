<?cs # frame: app ?>
<?cs # Where a partner stands: Partner.{Href,Account,Due,Open,MayVerify}, .Steps.n, .Moves.n.{Verb,Label,Bad}, .History, .Accepted.n;
     Form of a move, Step of a step. ?>
<?cs # What one of the smaller forms was refused for. ?>
<?cs def:partner_faults(f) ?><?cs if:f.Faults.Count ?><div class="fw-note mb-3" data-tone="bad" role="alert"><?cs call:icon("alert-circle") ?><div><p><strong><?cs var:f.Faults.Title ?></strong></p><ul class="m-0"><?cs each:fault = f.Faults.Items ?><li><?cs var:fault.Text ?></li><?cs /each ?></ul></div></div><?cs /if ?><?cs /def ?>
<?cs call:head_begin() ?><?cs if:Partner.Account ?><?cs call:button_link(Partner.Account, "{{The account}}", "building", "normal") ?><?cs /if ?><?cs call:head_end() ?>
<?cs if:Partner.Due ?><div class="fw-note mb-3" data-tone="wait"><?cs call:icon("writing-sign") ?><p>{{A newer agreement waits for its acceptance; until then nothing new can be registered.}}</p></div><?cs /if ?>
<?cs call:partner_faults(Step) ?><?cs call:partner_faults(Limit) ?>
<div class="fw-cols fw-cols-r"><div class="fw-stack">
<?cs if:subcount(Partner.Steps) ?><?cs call:card_table_begin("steps", "{{Checklist}}") ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Steps of the onboarding}}</caption><thead><tr><th scope="col">{{Step}}</th><th scope="col">{{The partner says}}</th><th scope="col">{{Verified}}</th></tr></thead><tbody>
<?cs each:s = Partner.Steps ?><tr><th scope="row"><?cs var:s.Text ?></th><td data-label="{{The partner says}}"><?cs if:s.IsTicked ?><?cs var:s.TickedName ?>, <?cs call:at(s.Ticked) ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Verified}}"><?cs if:s.IsVerified ?><?cs var:s.VerifiedName ?>, <?cs call:at(s.Verified) ?><?cs elif:s.IsTicked && Partner.MayVerify ?><form action="<?cs var:Partner.Href ?>/step" method="post" class="fw-row"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("step", s.Id) ?><button class="btn fw-btn btn-sm" type="submit" name="verb" value="verify"><?cs call:icon("check") ?>{{Verified}}<span class="visually-hidden"> <?cs var:s.Text ?></span></button><button class="btn fw-btn btn-sm" type="submit" name="verb" value="undo">{{Not yet}}<span class="visually-hidden"> <?cs var:s.Text ?></span></button></form><?cs else ?>–<?cs /if ?></td></tr><?cs /each ?></tbody></table><?cs call:card_table_end() ?><?cs /if ?>
<?cs call:card_table_begin("accepted", "{{Accepted agreements}}") ?><?cs if:subcount(Partner.Accepted) ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Accepted agreements}}</caption><thead><tr><th scope="col">{{Agreement}}</th><th scope="col">{{Who}}</th><th scope="col">{{When}}</th><th scope="col">{{From where}}</th></tr></thead><tbody><?cs each:x = Partner.Accepted ?><tr><th scope="row"><?cs var:x.Title ?></th><td data-label="{{Who}}"><?cs var:x.Who ?></td><td data-label="{{When}}"><?cs call:at(x.At) ?></td><td data-label="{{From where}}"><span class="tnum"><?cs var:x.Address ?></span></td></tr><?cs /each ?></tbody></table><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{None yet.}}</p></div><?cs /if ?><?cs call:card_table_end() ?>
</div><div class="fw-stack">
<?cs if:subcount(Partner.Moves) ?><?cs call:card_begin("move", "{{What happens}}") ?><form action="<?cs var:Partner.Href ?>/move" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:field_rows(Form.F.reason, "", "{{Needed to suspend and to end.}}", "3") ?>
<div class="fw-row" id="verb"><?cs each:m = Partner.Moves ?><button class="btn fw-btn" type="submit" name="verb" value="<?cs var:m.Verb ?>"><?cs var:m.Label ?></button><?cs /each ?></div>
<?cs if:Form.F.verb.Fault ?><div class="fw-err" id="verb-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:Form.F.verb.Fault ?></span></div><?cs /if ?>
<p class="fw-s fw-2 m-0">{{A suspended partner reads and finishes, and registers nothing new. One that has ended cannot log in.}}</p></form><?cs call:card_end() ?><?cs /if ?>
<?cs call:card_begin("limits", "{{What its own administrators may do}}") ?><dl class="fw-dl"><?cs call:dl_row("{{Users}}", Partner.Users) ?></dl>
<?cs if:Partner.MayLimit ?><form action="<?cs var:Partner.Href ?>/limits" method="post" class="fw-stack-s mt-3" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Limit.F.row_version.Value) ?>
<?cs call:field(Limit.F.users_most, "", "{{0: any number. Invited people count.}}", "off") ?>
<?cs call:field_check(Limit.F.roles_limited, "") ?>
<?cs call:field_checks(Limit.F.roles, "", "{{Who has another role keeps it until it is changed.}}") ?>
<?cs call:submit("{{Save}}", "check", "", "normal") ?></form><?cs /if ?><?cs call:card_end() ?>
<?cs if:subcount(Partner.History) ?><?cs call:card_begin("history", "{{How it went}}") ?><?cs call:timeline(Partner.History) ?><?cs call:card_end() ?><?cs /if ?>
</div></div>
