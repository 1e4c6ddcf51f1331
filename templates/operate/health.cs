<?cs # frame: app ?>
<?cs # How the portal is: Lines.n.{Label,Status,Found,Todo}, Server.Facts, Migrations.n.{Number,Name,At}, Queues.n.{Kind,State,Count}, Mails.n.{State,Count},
     FailedJobs and FailedMails as cgi/operate/health.c fills them, MayRun. ?>
<?cs call:head() ?>
<?cs if:Form.Faults.Count ?><div class="mb-3"><?cs call:note("bad", Form.Faults.Title) ?></div><?cs /if ?>
<div class="fw-cols fw-cols-r"><div class="fw-stack">
<?cs call:card_table_begin("lines", "{{How everything is}}") ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{How everything is}}</caption><thead><tr><th scope="col">{{What}}</th><th scope="col">{{Status}}</th><th scope="col">{{Found}}</th></tr></thead><tbody>
<?cs each:l = Lines ?><tr><th scope="row"><?cs var:l.Label ?></th><td data-label="{{Status}}"><?cs call:status(l.Status) ?></td><td data-label="{{Found}}"><span><?cs var:l.Found ?><?cs if:l.Todo ?><br><span class="fw-s fw-2"><?cs var:l.Todo ?></span><?cs /if ?></span></td></tr>
<?cs /each ?></tbody></table><div class="fw-card-f fw-s fw-2">{{Rights of accounts, secrets and keys are looked at by fairwayctl check alone.}}</div><?cs call:card_table_end() ?>
<?cs call:card_table_begin("jobs", "{{Jobs that failed}}") ?><?cs if:subcount(FailedJobs) ?><?cs call:failed_rows(FailedJobs, "/staff/health/jobs", MayRun, "{{Jobs that failed}}") ?><div class="fw-card-f"><a href="/staff/health/failed">{{All that failed}}</a></div><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{None.}}</p></div><?cs /if ?><?cs call:card_table_end() ?>
<?cs call:card_table_begin("mails", "{{Mails that failed}}") ?><?cs if:subcount(FailedMails) ?><?cs call:failed_rows(FailedMails, "/staff/health/mails", MayRun, "{{Mails that failed}}") ?><div class="fw-card-f"><a href="/staff/health/failed?view=mails">{{All that failed}}</a></div><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{None.}}</p></div><?cs /if ?><?cs call:card_table_end() ?>
</div><div class="fw-stack">
<?cs call:card_begin("server", "{{Version and database}}") ?><dl class="fw-dl"><?cs each:f = Server.Facts ?><?cs call:dl_row(f.Label, f.Value) ?><?cs /each ?></dl><?cs call:card_end() ?>
<?cs call:card_table_begin("queues", "{{What waits}}") ?><table class="fw-table"><caption class="visually-hidden">{{What waits}}</caption><thead><tr><th scope="col">{{Kind}}</th><th scope="col">{{State}}</th><th scope="col" class="num">{{Count}}</th></tr></thead><tbody>
<?cs each:q = Queues ?><tr><th scope="row"><span class="fw-code"><?cs var:q.Kind ?></span></th><td><span class="fw-code"><?cs var:q.State ?></span></td><td class="num"><?cs var:q.Count ?></td></tr><?cs /each ?>
<?cs each:q = Mails ?><tr><th scope="row">{{Mails}}</th><td><span class="fw-code"><?cs var:q.State ?></span></td><td class="num"><?cs var:q.Count ?></td></tr><?cs /each ?></tbody></table><?cs call:card_table_end() ?>
<?cs call:card_table_begin("migrations", "{{Migrations of the database}}") ?><table class="fw-table"><caption class="visually-hidden">{{Migrations of the database, newest first}}</caption><thead><tr><th scope="col">{{Name}}</th><th scope="col">{{Applied}}</th></tr></thead><tbody><?cs each:m = Migrations ?><tr><th scope="row"><span class="fw-code"><?cs var:m.Name ?></span></th><td><?cs if:m.At.Text ?><?cs call:at(m.At) ?><?cs else ?>{{not finished}}<?cs /if ?></td></tr><?cs /each ?></tbody></table><?cs call:card_table_end() ?>
</div></div>
