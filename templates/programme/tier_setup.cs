<?cs # frame: app ?>
<?cs # A tier: Tier.{IsNew,Action}, .Effect.{Title,Gained,Lost,Holders,Names.n.Name,More,Seen} once it was looked at;
     Form.F.{code,row_version,name_en,name_zh,rank,revenue,certificates,users,satisfaction} ?>
<?cs call:head() ?>
<form action="<?cs var:Tier.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Tier.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?><?cs call:hidden("seen", Tier.Effect.Seen) ?>
<?cs if:Tier.Effect.Title ?><div class="fw-verdict" data-tone="info" role="status"><h2 class="fw-h3"><?cs call:icon("eye") ?> <?cs var:Tier.Effect.Title ?></h2><?cs if:Tier.Effect.Gained ?><p><?cs var:Tier.Effect.Gained ?></p><?cs /if ?><?cs if:Tier.Effect.Lost ?><p><?cs var:Tier.Effect.Lost ?></p><?cs /if ?><?cs if:Tier.Effect.Holders ?><p class="mb-1"><?cs var:Tier.Effect.Holders ?></p><ul class="m-0"><?cs each:n = Tier.Effect.Names ?><li><?cs var:n.Name ?></li><?cs /each ?><?cs if:Tier.Effect.More ?><li><?cs var:Tier.Effect.More ?></li><?cs /if ?></ul><?cs /if ?><p class="fw-s fw-2 mb-0">{{Counted with the figures of the last hour. Nobody loses a tier by it: that is decided at the yearly review. Save to go on.}}</p></div><?cs /if ?>
<?cs call:card_begin("tier", "{{The tier}}") ?><div class="fw-fields">
<?cs if:Tier.IsNew ?><?cs call:field(Form.F.code, "fw-f2", "{{Small letters, digits and hyphens; it stays as it is.}}", "off") ?><?cs /if ?>
<?cs call:field(Form.F.name_en, "fw-f2", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.rank, "fw-f2", "{{Higher numbers are higher tiers.}}", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("asks", "{{What it asks}}") ?><p class="fw-2">{{What is left empty is not asked.}}</p><div class="fw-fields">
<?cs call:field(Form.F.revenue, "fw-f3", "{{Whole units of the reporting currency.}}", "off") ?><?cs call:field(Form.F.certificates, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.users, "fw-f3", "", "off") ?><?cs call:field(Form.F.satisfaction, "fw-f3", "{{The mean of twelve months, such as 4.5.}}", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs call:submit("{{See what it will do}}", "eye", "try", "normal") ?><?cs call:savebar_end("{{Before other requirements are stored you see what they do.}}") ?>
</form>
