-- The roles that every portal begins with.  Staff change them on the roles page; a feature that brings
-- permissions gives them to these roles in its own migration.

INSERT INTO role (audience, code, name_en, name_zh, builtin) VALUES
    ('partner', 'administrator', 'Administrator', '管理员', 1),
    ('partner', 'sales', 'Sales', '销售', 1),
    ('partner', 'technical', 'Technical', '技术', 1),
    ('partner', 'finance', 'Finance', '财务', 1),
    ('customer', 'administrator', 'Administrator', '管理员', 1),
    ('customer', 'buyer', 'Buyer', '采购', 1),
    ('customer', 'approver', 'Approver', '审批人', 1),
    ('customer', 'requester', 'Requester', '申请人', 1),
    ('staff', 'channel_manager', 'Channel manager', '渠道经理', 1),
    ('staff', 'sales', 'Sales', '销售', 1),
    ('staff', 'service_agent', 'Service agent', '服务专员', 1),
    ('staff', 'service_lead', 'Service lead', '服务主管', 1),
    ('staff', 'knowledge_author', 'Knowledge author', '知识作者', 1),
    ('staff', 'catalogue_manager', 'Catalogue manager', '目录经理', 1),
    ('staff', 'order_desk', 'Order desk', '订单专员', 1),
    ('staff', 'administrator', 'Administrator', '管理员', 1),
    ('staff', 'auditor', 'Auditor', '审计员', 1);

-- Everybody has a home page.
INSERT INTO role_permission (role_id, permission) SELECT id, 'home' FROM role;

-- Administrators of partners and customers look after their own people.
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'users.view' AS permission UNION ALL SELECT 'users.manage') p
    WHERE r.audience IN ('partner', 'customer') AND r.code = 'administrator';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'users.view' AS permission UNION ALL SELECT 'users.manage' UNION ALL
          SELECT 'roles.view' UNION ALL SELECT 'roles.manage' UNION ALL
          SELECT 'parameters.view' UNION ALL SELECT 'parameters.manage' UNION ALL
          SELECT 'audit.view' UNION ALL SELECT 'mail.view' UNION ALL SELECT 'operations.view' UNION ALL
          SELECT 'account.view' UNION ALL SELECT 'account.edit' UNION ALL SELECT 'account.merge') p
    WHERE r.audience = 'staff' AND r.code = 'administrator';

-- The auditor reads and changes nothing.
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'users.view' AS permission UNION ALL SELECT 'roles.view' UNION ALL
          SELECT 'parameters.view' UNION ALL SELECT 'audit.view' UNION ALL SELECT 'mail.view' UNION ALL
          SELECT 'operations.view' UNION ALL SELECT 'account.view') p
    WHERE r.audience = 'staff' AND r.code = 'auditor';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'users.view' AS permission UNION ALL SELECT 'mail.view' UNION ALL
          SELECT 'account.view' UNION ALL SELECT 'account.edit' UNION ALL SELECT 'account.merge') p
    WHERE r.audience = 'staff' AND r.code = 'channel_manager';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'account.view' AS permission UNION ALL SELECT 'account.edit') p
    WHERE r.audience = 'staff' AND r.code IN ('sales', 'order_desk', 'service_lead');

INSERT INTO role_permission (role_id, permission)
    SELECT id, 'account.view' FROM role
    WHERE audience = 'staff' AND code IN ('service_agent', 'knowledge_author', 'catalogue_manager');

-- Deal registration and opportunities.
INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'deal.view' AS permission UNION ALL SELECT 'deal.edit' UNION ALL
          SELECT 'deal.check' UNION ALL SELECT 'deal.export' UNION ALL SELECT 'deal.figures' UNION ALL
          SELECT 'opportunity.view') p
    WHERE r.audience = 'partner' AND r.code IN ('administrator', 'sales');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'deal.view' AS permission UNION ALL SELECT 'opportunity.view') p
    WHERE r.audience = 'partner' AND r.code IN ('technical', 'finance');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'deal.view' AS permission UNION ALL SELECT 'deal.decide' UNION ALL
          SELECT 'deal.overrule' UNION ALL SELECT 'deal.revoke' UNION ALL
          SELECT 'deal.on_behalf' UNION ALL SELECT 'deal.export' UNION ALL
          SELECT 'deal.rules' UNION ALL SELECT 'deal.figures' UNION ALL SELECT 'opportunity.view') p
    WHERE r.audience = 'staff' AND r.code IN ('administrator', 'channel_manager');

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'deal.view' AS permission UNION ALL SELECT 'deal.export' UNION ALL
          SELECT 'deal.rules' UNION ALL SELECT 'deal.figures' UNION ALL SELECT 'opportunity.view') p
    WHERE r.audience = 'staff' AND r.code = 'auditor';

INSERT INTO role_permission (role_id, permission)
    SELECT r.id, p.permission FROM role r
    JOIN (SELECT 'deal.view' AS permission UNION ALL SELECT 'deal.figures' UNION ALL
          SELECT 'opportunity.view') p
    WHERE r.audience = 'staff' AND r.code = 'sales';
