<?cs # frame: app ?>
<?cs # Where the own company stands: Programme.{Title,Agreement,IsAsked,MayAccept,IsOnboarding,MayTick}, .Paragraphs.n.Text, .Steps.n,
     .History, .Accepted.n; Form of accepting, Tick of a step. ?>
<?cs call:head_begin() ?><?cs call:button_link("/partner/programme/tier", "{{Tier}}", "award", "normal") ?><?cs call:head_end() ?>
<?cs if:Tick.F.step.Fault ?><div class="fw-note mb-3" data-tone="bad" role="alert"><?cs call:icon("alert-circle") ?><p><?cs var:Tick.F.step.Fault ?></p></div><?cs /if ?>
<div class="fw-cols fw-cols-r"><div class="fw-stack">
<?cs if:Programme.IsOnboarding ?><?cs call:card_table_begin("steps", "{{What is to be done}}") ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Steps of the onboarding}}</caption><thead><tr><th scope="col">{{Step}}</th><th scope="col">{{State}}</th></tr></thead><tbody>
<?cs each:s = Programme.Steps ?><tr><th scope="row"><?cs var:s.Text ?><?cs if:s.IsOptional ?> <span class="fw-opt-mark">{{(optional)}}</span><?cs /if ?></th><td data-label="{{State}}"><?cs if:s.IsVerified ?><span class="fw-status" data-tone="good"><?cs call:icon("circle-check") ?>{{Verified}}</span><?cs elif:s.IsTicked ?><span class="fw-status" data-tone="info"><?cs call:icon("check") ?>{{Done, the vendor looks at it}}</span><?cs elif:Programme.MayTick ?><form action="/partner/programme/tick" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("step", s.Id) ?><button class="btn fw-btn btn-sm" type="submit"><?cs call:icon("check") ?>{{It is done}}<span class="visually-hidden"> <?cs var:s.Text ?></span></button></form><?cs else ?><span class="fw-status" data-tone="wait"><?cs call:icon("hourglass") ?>{{Open}}</span><?cs /if ?></td></tr><?cs /each ?></tbody></table><?cs call:card_table_end() ?><?cs /if ?>
<?cs if:Programme.Agreement ?><?cs call:card_begin("agreement", Programme.Title) ?>
<?cs each:p = Programme.Paragraphs ?><p><?cs var:p.Text ?></p><?cs /each ?>
<?cs if:Programme.MayAccept ?><form action="/partner/programme/accept" method="post" class="fw-stack-s mt-3" novalidate><?cs call:form_head() ?><?cs call:hidden("agreement", Programme.Agreement) ?><div class="fw-fields"><?cs call:field_check(Form.F.agree, "") ?></div><div class="fw-row"><?cs call:submit("{{Accept}}", "writing-sign", "submit", "primary") ?><span class="fw-s fw-2">{{Your name, the time and your address are kept with it.}}</span></div></form>
<?cs elif:Programme.IsAsked ?><p class="fw-2 m-0">{{An administrator of your company accepts it.}}</p><?cs /if ?><?cs call:card_end() ?>
<?cs else ?><?cs call:card_begin("agreement", "{{Partner agreement}}") ?><p class="fw-2 m-0">{{There is none yet.}}</p><?cs call:card_end() ?><?cs /if ?>
</div><div class="fw-stack">
<?cs if:subcount(Programme.Accepted) ?><?cs call:card_begin("accepted", "{{Accepted agreements}}") ?><ul class="m-0"><?cs each:x = Programme.Accepted ?><li><?cs var:x.Title ?><br><span class="fw-s fw-2"><?cs var:x.Who ?>, <?cs call:at(x.At) ?></span></li><?cs /each ?></ul><?cs call:card_end() ?><?cs /if ?>
<?cs if:subcount(Programme.History) ?><?cs call:card_begin("history", "{{How it went}}") ?><?cs call:timeline(Programme.History) ?><?cs call:card_end() ?><?cs /if ?>
</div></div>
