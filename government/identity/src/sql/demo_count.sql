SELECT count(*) FROM identity.account WHERE demo
