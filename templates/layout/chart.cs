<?cs # Charts: all numbers are whole and come from C, ready to be placed; the same figures stand in a table beside.
     The plot is 360 x 190: figures go up from y = 160, which is zero, to y = 25; labels are at y = 180.

     C.Label              what it shows; says that the numbers are in the table
     C.Grid.n.{Y,Text}    horizontal lines with their numbers
     C.Series.n.{Class,Label}   legend; Class c1..c6 (use c1, c3, c5, c2 in this order)
     columns: C.Columns.n.{X,Text,Bars.n.{Class,X,Y,Width,Height}}     Text at X, the middle;  with C.Linked
              also C.Columns.n.{Href,Label}: the list behind a column
     line:    C.Lines.n.{Class,Points}   "24,160 96,120", Class l1..l3;  C.Marks.n.{X,Text}
     C.Target.{Y,Text}    dashed line, optional
     bar:     B.{Max,Label,Parts.n.{Class,X,Width}}   one bar in a table cell, Max wide ?>

<?cs def:legend(s) ?><ul class="fw-legend"><?cs each:one = s ?><li><svg class="fw-key" viewBox="0 0 12 12" aria-hidden="true"><rect class="<?cs var:one.Class ?>" width="12" height="12" rx="2"></rect></svg><?cs var:one.Label ?></li><?cs /each ?></ul><?cs /def ?>

<?cs def:chart_grid(c) ?><?cs each:grid = c.Grid ?><line class="g" x1="24" x2="360" y1="<?cs var:grid.Y ?>" y2="<?cs var:grid.Y ?>"></line><text x="0" y="<?cs var:grid.Y ?>" dy="4"><?cs var:grid.Text ?></text><?cs /each ?><?cs if:c.Target.Y ?><line class="ln l2 dash" x1="24" x2="360" y1="<?cs var:c.Target.Y ?>" y2="<?cs var:c.Target.Y ?>"></line><text class="v" x="360" y="<?cs var:c.Target.Y ?>" dy="-4" text-anchor="end"><?cs var:c.Target.Text ?></text><?cs /if ?><?cs /def ?>

<?cs def:chart_columns(c) ?><figure><figcaption><?cs call:legend(c.Series) ?></figcaption><svg class="fw-chart" viewBox="0 0 360 190" role="<?cs if:c.Linked ?>group<?cs else ?>img<?cs /if ?>" aria-label="<?cs var:c.Label ?>"><?cs call:chart_grid(c) ?><?cs each:column = c.Columns ?><?cs if:c.Linked ?><a href="<?cs var:column.Href ?>" aria-label="<?cs var:column.Label ?>"><title><?cs var:column.Label ?></title><?cs /if ?><?cs each:one = column.Bars ?><rect class="<?cs var:one.Class ?>" x="<?cs var:one.X ?>" y="<?cs var:one.Y ?>" width="<?cs var:one.Width ?>" height="<?cs var:one.Height ?>" rx="2"></rect><?cs /each ?><?cs if:c.Linked ?></a><?cs /if ?><text x="<?cs var:column.X ?>" y="180" text-anchor="middle"><?cs var:column.Text ?></text><?cs /each ?></svg></figure><?cs /def ?>

<?cs def:chart_line(c) ?><figure><figcaption><?cs call:legend(c.Series) ?></figcaption><svg class="fw-chart" viewBox="0 0 360 190" role="img" aria-label="<?cs var:c.Label ?>"><?cs call:chart_grid(c) ?><?cs each:line = c.Lines ?><polyline class="ln <?cs var:line.Class ?>" points="<?cs var:line.Points ?>"></polyline><?cs /each ?><?cs each:mark = c.Marks ?><text x="<?cs var:mark.X ?>" y="180" text-anchor="middle"><?cs var:mark.Text ?></text><?cs /each ?></svg></figure><?cs /def ?>

<?cs def:bar(b) ?><svg class="fw-bar" viewBox="0 0 <?cs var:b.Max ?> 10" preserveAspectRatio="none" role="img" aria-label="<?cs var:b.Label ?>"><rect class="bg" width="<?cs var:b.Max ?>" height="10"></rect><?cs each:part = b.Parts ?><rect class="<?cs var:part.Class ?>" x="<?cs var:part.X ?>" width="<?cs var:part.Width ?>" height="10"></rect><?cs /each ?></svg><?cs /def ?>

<?cs # A trend in a tile: Points in a box of 96 x 28. ?>
<?cs def:spark(s) ?><svg class="fw-spark" viewBox="0 0 96 28" role="img" aria-label="<?cs var:s.Label ?>"><polyline points="<?cs var:s.Points ?>"></polyline></svg><?cs /def ?>
