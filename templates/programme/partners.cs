<?cs # frame: app ?>
<?cs # Partners.MayEdit, Partners.Rows.n.{Href,Name,Country,City,Tier,Due,Status,Updated}; List ?>
<?cs call:head_begin() ?><?cs call:button_link("/staff/certificates", "{{Certificates}}", "certificate", "normal") ?><?cs call:button_link("/staff/tier-reviews", "{{Yearly review}}", "award", "normal") ?><?cs call:button_link("/staff/applications", "{{Applications}}", "user-plus", "normal") ?><?cs call:button_link("/staff/setup/programme", "{{Set up}}", "settings", "normal") ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Partners}}">
<?cs if:subcount(Partners.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Partners, last changed first}}</caption><thead><tr><?cs call:th("{{Partner}}", "") ?><?cs call:th("{{City}}", "") ?><?cs call:th("{{Country}}", "") ?><?cs call:th("{{Tier}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:th("{{Changed}}", "") ?></tr></thead><tbody>
<?cs each:row = Partners.Rows ?><tr><th scope="row"><a href="<?cs var:row.Href ?>"><?cs var:row.Name ?></a></th><td data-label="{{City}}"><?cs if:row.City ?><?cs var:row.City ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Country}}"><?cs var:row.Country ?></td><td data-label="{{Tier}}"><?cs if:row.Tier ?><?cs var:row.Tier ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Status}}"><?cs call:status(row.Status) ?><?cs if:row.Due ?> <span class="fw-status" data-tone="wait"><?cs call:icon("writing-sign") ?>{{New agreement open}}</span><?cs /if ?></td><td data-label="{{Changed}}"><?cs call:at(row.Updated) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs else ?><?cs call:empty("award", "{{No partners here}}", "{{Partners come from applications that are accepted.}}", "/staff/applications", "{{Applications}}") ?><?cs /if ?>
</section>
