<?cs # frame: app ?>
<?cs # Certificates.Rows.n.{Person,Course,Company,Href,Issued,Expires,Status}; List ?>
<?cs call:head() ?>
<section class="card" aria-label="{{Certificates}}">
<?cs if:subcount(Certificates.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Certificates, the one that ends first on top}}</caption><thead><tr><?cs call:th("{{Person}}", "") ?><?cs call:th("{{Partner}}", "") ?><?cs call:th("{{Course}}", "") ?><?cs call:th("{{Valid until}}", "") ?><?cs call:th("{{Status}}", "") ?></tr></thead><tbody>
<?cs each:row = Certificates.Rows ?><tr><th scope="row"><?cs var:row.Person ?></th><td data-label="{{Partner}}"><a href="<?cs var:row.Href ?>"><?cs var:row.Company ?></a></td><td data-label="{{Course}}"><?cs var:row.Course ?></td><td data-label="{{Valid until}}"><?cs var:row.Expires ?></td><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs else ?><?cs call:empty("certificate", "{{No certificates}}", "{{They are written down on the page of a partner.}}", "/staff/partners", "{{Partner programme}}") ?><?cs /if ?>
</section>
