<?cs # frame: app ?>
<?cs # Reports.MayWrite, .IsFiltered, .Rows.n.{Name,Text,Href,Set,Icon,Whose,Changed}; List ?>
<?cs call:head_begin() ?><?cs if:Reports.MayWrite ?><?cs call:button_link("/staff/reports/new", "{{New report}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Reports}}">
<?cs if:subcount(Reports.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Reports, last changed first}}</caption><thead><tr><?cs call:th("{{Report}}", "") ?><?cs call:th("{{Over}}", "") ?><?cs call:th("{{Whose}}", "") ?><?cs call:th("{{Changed}}", "") ?></tr></thead><tbody>
<?cs each:row = Reports.Rows ?><tr><th scope="row"><span><a href="<?cs var:row.Href ?>"><?cs var:row.Name ?></a><?cs if:row.Text ?><br><span class="fw-s fw-2"><?cs var:row.Text ?></span><?cs /if ?></span></th><td data-label="{{Over}}"><?cs var:row.Set ?></td><td data-label="{{Whose}}"><?cs var:row.Whose ?></td><td data-label="{{Changed}}"><?cs call:at(row.Changed) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:Reports.IsFiltered ?><?cs call:list_none(List, "{{No reports here}}") ?>
<?cs else ?><?cs call:empty("chart-bar", "{{No reports here}}", "{{A report keeps which columns, filters, groups and chart you chose.}}", "", "") ?><?cs /if ?>
</section>
