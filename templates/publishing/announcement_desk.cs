<?cs # frame: app ?>
<?cs # Staff's list: Announcements.IsFiltered, .Rows.n.{Title,Href,For,From,Until,Important,Updated}; List ?>
<?cs call:head_begin() ?><?cs call:button_link("/staff/announcements/desk/new", "{{New announcement}}", "plus", "primary") ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Announcements}}">
<?cs if:subcount(Announcements.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Announcements, last changed first}}</caption><thead><tr><?cs call:th("{{Title}}", "") ?><?cs call:th("{{For}}", "") ?><?cs call:th("{{From}}", "") ?><?cs call:th("{{Until}}", "") ?><?cs call:th("{{Changed}}", "") ?></tr></thead><tbody>
<?cs each:row = Announcements.Rows ?><tr><th scope="row"><span><a href="<?cs var:row.Href ?>"><?cs var:row.Title ?></a><?cs if:row.Important ?> <span class="fw-status" data-tone="wait"><?cs call:icon_s("alert-triangle") ?>{{Important}}</span><?cs /if ?></span></th><td data-label="{{For}}"><?cs var:row.For ?></td><td data-label="{{From}}"><?cs var:row.From ?></td><td data-label="{{Until}}"><?cs if:row.Until ?><?cs var:row.Until ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Changed}}"><?cs call:at(row.Updated) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:Announcements.IsFiltered ?><?cs call:list_none(List, "{{No announcements here}}") ?>
<?cs else ?><?cs call:empty("speakerphone", "{{No announcements here}}", "{{Partners, customers and staff find on their home page what you publish for them.}}", "/staff/announcements/desk/new", "{{New announcement}}") ?><?cs /if ?>
</section>
