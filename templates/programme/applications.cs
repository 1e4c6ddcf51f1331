<?cs # frame: app ?>
<?cs # Applications.Rows.n.{Number,Href,Company,City,Country,Status,Who,Sent,Due}; List ?>
<?cs call:head() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Applications}}">
<?cs if:subcount(Applications.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Applications, newest first}}</caption><thead><tr><?cs call:th("{{Application}}", "") ?><?cs call:th("{{City}}", "") ?><?cs call:th("{{Country}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:th("{{With}}", "") ?><?cs call:th("{{Sent}}", "") ?><?cs call:th("{{Answer due}}", "") ?></tr></thead><tbody>
<?cs each:row = Applications.Rows ?><tr><th scope="row"><span><a class="fw-id" href="<?cs var:row.Href ?>"><?cs var:row.Number ?></a><br><?cs var:row.Company ?></span></th><td data-label="{{City}}"><?cs if:row.City ?><?cs var:row.City ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Country}}"><?cs var:row.Country ?></td><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td><td data-label="{{With}}"><?cs if:row.Who ?><?cs var:row.Who ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Sent}}"><?cs call:at(row.Sent) ?></td><td data-label="{{Answer due}}"><?cs if:row.Due.Text ?><?cs call:clock(row.Due) ?><?cs else ?>–<?cs /if ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs else ?><?cs call:empty("user-plus", "{{No applications here}}", "{{Companies that want to become partners apply on the first page of the portal.}}", "", "") ?><?cs /if ?>
</section>
