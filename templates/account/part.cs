<?cs # frame: app ?>
<?cs # A list that belongs to a company: Part.{Code,Title,New}, Part.Rows.n as layout/account.cs says; List. ?>
<?cs call:head_begin() ?><?cs if:Part.New ?><?cs call:button_link(Part.New, "{{New contact}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<section class="card" aria-label="<?cs var:Part.Title ?>">
<?cs if:subcount(Part.Rows) ?><?cs call:account_part(Part.Code, Part.Title, Part.Rows) ?><?cs call:list_foot(List) ?>
<?cs else ?><div class="fw-card-b"><p class="fw-2 m-0"><?cs call:account_part_none(Part.Code) ?></p></div><?cs /if ?>
</section>
