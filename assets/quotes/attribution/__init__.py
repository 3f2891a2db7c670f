"""Who a quotation in marks is credited with: candidates and features in, decisions out."""
