<?cs # frame: app ?>
<?cs # Certificates.{IsOwn,Rows.n.{Person,Course,Company,Href,Issued,Expires,Status}}; List ?>
<?cs call:head() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Certificates}}">
<?cs if:subcount(Certificates.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Certificates by the day that they end}}</caption><thead><tr><?cs call:th("{{Person}}", "") ?><?cs if:!Certificates.IsOwn ?><?cs call:th("{{Partner}}", "") ?><?cs /if ?><?cs call:th("{{Course}}", "") ?><?cs call:th("{{Issued on}}", "") ?><?cs call:th("{{Valid until}}", "") ?><?cs call:th("{{Status}}", "") ?></tr></thead><tbody>
<?cs each:row = Certificates.Rows ?><tr><th scope="row"><?cs var:row.Person ?></th><?cs if:!Certificates.IsOwn ?><td data-label="{{Partner}}"><a href="<?cs var:row.Href ?>"><?cs var:row.Company ?></a></td><?cs /if ?><td data-label="{{Course}}"><?cs var:row.Course ?></td><td data-label="{{Issued on}}"><?cs var:row.Issued ?></td><td data-label="{{Valid until}}"><?cs var:row.Expires ?></td><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:List.Clear ?><?cs call:list_none(List, "{{No certificates}}") ?>
<?cs elif:Certificates.IsOwn ?><?cs call:empty("certificate", "{{No certificates}}", "{{Your channel manager writes them down when somebody has passed a course.}}", "", "") ?>
<?cs else ?><?cs call:empty("certificate", "{{No certificates}}", "{{They are written down on the page of a partner.}}", "/staff/partners", "{{Partner programme}}") ?><?cs /if ?>
</section>
