<?cs # frame: none ?>
<?cs # A choice of a filter: row.{Value,Label,Chosen} ?>
<option value="<?cs var:row.Value ?>"<?cs if:row.Chosen ?> selected<?cs /if ?>><?cs var:row.Label ?></option>
