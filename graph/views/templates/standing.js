(() => { SN.standing = (facts) => ({ label: facts.claims.map(() => "in"), reason: facts.claims.map(() => "") }); })();
