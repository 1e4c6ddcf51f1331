-- Figures for staff, by month of submission and by the department of the registration (0: none), made by the worker.
-- Of all partners and lines together (account_id 0, product_line_id 0), of each line (account_id 0), and of each
-- partner (product_line_id 0).  A registration of two lines counts for both.
CREATE TABLE deal_scope_figure (
    account_id BIGINT NOT NULL,
    product_line_id BIGINT NOT NULL,
    month DATE NOT NULL,
    department_id BIGINT NOT NULL,
    submitted INT NOT NULL DEFAULT 0,
    approved INT NOT NULL DEFAULT 0,
    rejected INT NOT NULL DEFAULT 0,
    won INT NOT NULL DEFAULT 0,
    lost INT NOT NULL DEFAULT 0,
    median_minutes INT NULL,
    PRIMARY KEY (account_id, product_line_id, month, department_id),
    KEY deal_scope_figure_line (product_line_id, account_id, month),
    KEY deal_scope_figure_department (department_id)
) ENGINE=InnoDB;

/*M!100000 CREATE TRIGGER deal_scope_figure_moved AFTER UPDATE ON department FOR EACH ROW
BEGIN
    IF NEW.id <> OLD.id THEN
        UPDATE deal_scope_figure SET department_id = NEW.id WHERE department_id = OLD.id;
    END IF;
END */;
/*M!100000 CREATE TRIGGER deal_scope_figure_gone AFTER DELETE ON department FOR EACH ROW
    DELETE FROM deal_scope_figure WHERE department_id = OLD.id */;

-- The list behind a figure, of one partner.
ALTER TABLE deal ADD KEY deal_account_submitted (account_id, submitted_at);
