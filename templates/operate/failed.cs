<?cs # frame: app ?>
<?cs # All jobs or mails that failed: Rows, MayRun, OfMails, List. ?>
<?cs call:head() ?>
<?cs call:list_views(List) ?>
<section class="card" aria-label="{{What failed}}"><?cs if:subcount(Rows) ?><?cs if:OfMails ?><?cs call:failed_rows(Rows, "/staff/health/mails", MayRun, "{{Mails that failed}}") ?><?cs else ?><?cs call:failed_rows(Rows, "/staff/health/jobs", MayRun, "{{Jobs that failed}}") ?><?cs /if ?><?cs call:list_foot(List) ?><?cs else ?><?cs call:empty("circle-check", "{{Nothing failed}}", "{{What was tried as often as it may be, and went wrong each time, stands here.}}", "", "") ?><?cs /if ?></section>
