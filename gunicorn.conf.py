"""What every gunicorn of the site shares; it is read from the folder in which it is started."""

# Names with an underscore are dropped, for they can be mistaken for others'. These are the country's gateways' own
# (docs/adr/0020), and come from a proxy whose address is among forwarded_allow_ips: by itself, this machine's.
forwarder_headers = "SCRIPT_NAME,PATH_INFO,_API_ACCESS_KEY,_API_NAME,_API_TIMESTAMP,_API_VERSION,_API_SIGNATURE"
