"""Work with other departments: packages of facts given to them, leads that they bring, meetings held together."""
