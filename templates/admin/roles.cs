<?cs # frame: app ?>
<?cs # Roles and permissions.  Reads Tabs, Matrix.{Audience,Version,Columns,MayEdit,Changed,Stale,Count,Affected},
     Matrix.Roles.n.{Name,Href,People}, Matrix.Groups.n.{Title,Rows.n.{Name,Help,Cells.n.{Value,Role,On,Locked,Changed}}},
     Matrix.Changes.n.Text. ?>
<?cs call:head_begin() ?><?cs if:Matrix.MayEdit ?><?cs call:button_link("/staff/roles/new?audience=" + Matrix.Audience, "{{New role}}", "plus", "normal") ?><?cs /if ?><?cs call:head_end() ?>
<?cs call:tabs(Tabs, "{{Audience}}") ?>
<form action="/staff/roles" method="post">
<?cs call:form_head() ?>
<?cs call:hidden("audience", Matrix.Audience) ?>
<?cs call:hidden("version", Matrix.Version) ?>
<?cs if:Matrix.Stale ?><?cs call:note("wait", "{{Somebody changed these roles meanwhile. Your changes are marked against what is stored now; look at them and save again.}}") ?><?cs /if ?>
<div class="card"><div class="fw-scroll" tabindex="0" role="group" aria-label="{{Permissions by role}}"><table class="fw-table fw-matrix"><caption class="visually-hidden">{{Permissions by role}}</caption>
<thead><tr><th scope="col">{{Permission}}</th><?cs each:role = Matrix.Roles ?><th scope="col"><?cs if:Matrix.MayEdit ?><a href="<?cs var:role.Href ?>"><?cs var:role.Name ?></a><?cs else ?><?cs var:role.Name ?><?cs /if ?><br><span class="fw-xs fw-2"><?cs var:role.People ?></span></th><?cs /each ?></tr></thead>
<?cs each:group = Matrix.Groups ?><tbody><tr class="fw-grp"><th scope="rowgroup" colspan="<?cs var:Matrix.Columns ?>"><?cs var:group.Title ?></th></tr>
<?cs each:row = group.Rows ?><tr><th scope="row"><?cs var:row.Help ?><br class="fw-hide-s"><span class="fw-code fw-2 fw-hide-s"><?cs var:row.Name ?></span></th><?cs each:cell = row.Cells ?><td<?cs if:cell.Changed ?> data-tone="wait"<?cs /if ?>><input type="checkbox" name="grant" value="<?cs var:cell.Value ?>" aria-label="<?cs var:row.Help ?>: <?cs var:cell.Role ?><?cs if:cell.Changed ?> {{(changed)}}<?cs /if ?>"<?cs if:cell.On ?> checked<?cs /if ?><?cs if:cell.Locked || !Matrix.MayEdit ?> disabled<?cs /if ?>></td><?cs /each ?></tr><?cs /each ?></tbody><?cs /each ?>
</table></div></div>
<?cs if:Matrix.Changed ?><section class="card mt-3" aria-labelledby="changes-h"><div class="fw-card-h"><h2 class="fw-h2" id="changes-h">{{What will change}}</h2></div><div class="fw-card-b"><ul class="fw-links"><?cs each:change = Matrix.Changes ?><li><?cs var:change.Text ?></li><?cs /each ?></ul></div></section><?cs /if ?>
<?cs if:Matrix.MayEdit ?><?cs call:savebar_begin() ?><?cs if:Matrix.Changed ?><?cs call:submit(Matrix.Count, "", "save", "primary") ?><?cs call:submit("{{Review again}}", "", "review", "") ?><a class="btn fw-btn-text" href="/staff/roles?audience=<?cs var:Matrix.Audience ?>">{{Discard}}</a><?cs call:savebar_end(Matrix.Affected) ?><?cs else ?><?cs call:submit("{{Review changes}}", "", "review", "primary") ?><?cs call:savebar_end("{{Nothing is saved before you have seen what changes.}}") ?><?cs /if ?><?cs /if ?>
</form>
