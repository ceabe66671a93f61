"""The documents of the plugin `audit_commission_cpa`."""
