<?cs # frame: app ?>
<?cs # The audit trail: Events as cgi/auditing/auditing_view.c fills them; List; Typed.{Person,Number,From,Until,Nobody}, Typed.People.n.{Name,Email,Href};
     Files.{Csv,Xlsx}; OwnAlone; Check.{May,Found,Begun,Ended,Who,Tone,Text,Runs,Value,Max} ?>
<?cs call:head_begin() ?><?cs call:list_export(Files) ?><?cs call:head_end() ?>
<?cs if:OwnAlone ?><div class="mb-3"><?cs call:note("info", "{{You see what you did yourself. Who sees all departments sees everything here.}}") ?></div><?cs /if ?>
<form action="/staff/audit" method="get" class="fw-row mb-3">
<?cs each:f = List.Filters ?><?cs if:f.Name == "kind" || f.Name == "action" ?><?cs uvar:f.FieldHtml ?><?cs /if ?><?cs /each ?>
<label class="visually-hidden" for="number">{{Number}}</label><input class="form-control w-auto" id="number" name="number" maxlength="20" size="10" value="<?cs var:Typed.Number ?>" placeholder="{{Number}}">
<?cs if:!OwnAlone ?><label class="visually-hidden" for="person">{{Person: name, e-mail or number}}</label><input class="form-control w-auto" id="person" name="person" maxlength="200" value="<?cs var:Typed.Person ?>" placeholder="{{Person: name, e-mail or number}}"><?cs /if ?>
<span class="fw-row"><label class="fw-2" for="from">{{From}}</label><input class="form-control w-auto" type="date" id="from" name="from" value="<?cs var:Typed.From ?>"></span>
<span class="fw-row"><label class="fw-2" for="until">{{Until}}</label><input class="form-control w-auto" type="date" id="until" name="until" value="<?cs var:Typed.Until ?>"></span>
<button class="btn fw-btn" type="submit"><?cs call:icon("filter") ?>{{Show}}</button><?cs if:List.Clear ?><a class="btn fw-btn-text" href="/staff/audit">{{Clear filters}}</a><?cs /if ?>
</form>
<?cs if:Typed.Nobody ?><div class="mb-3"><?cs call:note("wait", "{{Nobody is called that.}}") ?></div><?cs /if ?>
<?cs if:subcount(Typed.People) ?><div class="fw-note mb-3" data-tone="wait"><?cs call:icon("users") ?><div><p>{{Several people are called that. Whom do you mean?}}</p><ul class="fw-links"><?cs each:p = Typed.People ?><li><a href="<?cs var:p.Href ?>"><?cs var:p.Name ?></a> <span class="fw-s fw-2"><?cs var:p.Email ?></span></li><?cs /each ?></ul></div></div><?cs /if ?>
<section class="card mb-4" aria-label="{{Events}}">
<?cs if:subcount(Events) ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Events, newest first}}</caption><thead><tr><?cs call:th("{{When}}", "") ?><?cs call:th("{{Event}}", "") ?><?cs call:th("{{Record}}", "") ?><?cs call:th("{{Person}}", "") ?><?cs call:th("{{What changed}}", "") ?></tr></thead><tbody>
<?cs each:e = Events ?><tr><td class="fw-nowrap" data-label="{{When}}"><?cs call:at(e.At) ?></td><th scope="row"><span><?cs var:e.Word ?><?cs if:e.Word != e.Action ?><br><span class="fw-code fw-2"><?cs var:e.Action ?></span><?cs /if ?></span></th><td data-label="{{Record}}"><span><?cs var:e.Kind ?> <?cs if:e.Href ?><a class="fw-id" href="<?cs var:e.Href ?>"><?cs var:e.Number ?></a><?cs else ?><span class="fw-id"><?cs var:e.Number ?></span><?cs /if ?><br><a class="fw-s fw-tap" href="<?cs var:e.History ?>">{{History}}<span class="visually-hidden"> <?cs var:e.Kind ?> <?cs var:e.Number ?></span></a></span></td><td data-label="{{Person}}"><?cs call:event_who(e) ?></td><td data-label="{{What changed}}"><?cs call:event_changes(e) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:List.Clear ?><?cs call:empty("filter", "{{No events fit}}", "{{Nothing fits these filters. Remove one, or look at all.}}", "/staff/audit", "{{Clear filters}}") ?>
<?cs else ?><?cs call:empty("history", "{{Nothing was done yet}}", "{{Every change of a record stands here, with who made it and what stood there before.}}", "", "") ?><?cs /if ?>
</section>
<?cs call:card_begin("check", "{{Is the trail whole?}}") ?>
<p class="fw-2">{{Each event carries the fingerprint of the one before it. The check reads every event of every record and finds what was changed or taken out.}}</p>
<?cs if:Check.Found ?><?cs call:note(Check.Tone, Check.Text) ?>
<?cs if:Check.Runs ?><progress class="fw-progress" value="<?cs var:Check.Value ?>" max="<?cs var:Check.Max ?>" aria-label="<?cs var:Check.Text ?>"></progress><?cs else ?><p class="fw-s fw-2"><?cs if:Check.Who ?><?cs var:Check.Who ?> · <?cs /if ?><?cs call:at(Check.Ended) ?></p><?cs /if ?><?cs else ?><p>{{It was never checked.}}</p><?cs /if ?>
<?cs if:Check.May ?><form action="/staff/audit/check" method="post"<?cs if:Check.Runs ?> hx-post="/staff/audit/check" hx-trigger="load delay:300ms" hx-target="#main" hx-swap="innerHTML"<?cs /if ?>><?cs call:form_head() ?><button class="btn fw-btn" type="submit"><?cs call:icon("shield-check") ?><?cs if:Check.Runs ?>{{Go on}}<?cs else ?>{{Check all of it now}}<?cs /if ?></button></form><?cs /if ?>
<?cs call:card_end() ?>
