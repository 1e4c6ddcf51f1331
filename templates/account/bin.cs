<?cs # frame: app ?>
<?cs # What was deleted: Bin.People, Bin.Rows.n.{Href,Name,Company,Kind,At,Who,Reason,PurgedAt}; List. ?>
<?cs call:head() ?>
<?cs call:list_views(List) ?>
<section class="card" aria-label="{{Bin}}">
<?cs if:subcount(Bin.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Deleted last first}}</caption><thead><tr><?cs call:th("{{Name}}", "") ?><?cs if:Bin.People ?><?cs call:th("{{Account}}", "") ?><?cs else ?><?cs call:th("{{Kind}}", "") ?><?cs /if ?><?cs call:th("{{Deleted}}", "") ?><?cs call:th("{{Who}}", "") ?><?cs call:th("{{Reason}}", "") ?><?cs call:th("{{Removed for good}}", "") ?></tr></thead><tbody>
<?cs each:row = Bin.Rows ?><tr><th scope="row"><a href="<?cs var:row.Href ?>"><?cs var:row.Name ?></a></th><?cs if:Bin.People ?><td data-label="{{Account}}"><?cs var:row.Company ?></td><?cs else ?><td data-label="{{Kind}}"><?cs call:status(row.Kind) ?></td><?cs /if ?><td data-label="{{Deleted}}"><?cs call:at(row.At) ?></td><td data-label="{{Who}}"><?cs var:row.Who ?></td><td data-label="{{Reason}}"><?cs if:row.Reason ?><?cs var:row.Reason ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Removed for good}}"><?cs call:at(row.PurgedAt) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs else ?><?cs call:empty("trash", "{{The bin is empty}}", "{{What is deleted lies here for a while, and can be restored.}}", "", "") ?><?cs /if ?>
</section>
