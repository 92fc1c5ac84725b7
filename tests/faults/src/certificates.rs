//! Certificates for the cases over TLS: one that is good, and those that must be refused (F120).

use std::{path::PathBuf, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tokio_rustls::rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// What a server shows, and the file with whom a client is to trust.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) server: Arc<ServerConfig>,
    pub(crate) authority: PathBuf,
}

impl Identity {
    /// By the word of a case.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        Self::make(name).map_err(|why| format!("the certificate `{name}`: {why}"))
    }

    fn make(name: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let trusted = authority("The authority of the case")?;
        let stranger = authority("Another authority")?;
        let key = KeyPair::generate()?;
        let host = if name == "wrong-host" { "example.com" } else { "127.0.0.1" };
        let mut params = CertificateParams::new(vec![host.to_owned()])?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        if name == "expired" {
            params.not_before = date_time_ymd(2001, 1, 1);
            params.not_after = date_time_ymd(2002, 1, 1);
        }
        let certificate = match name {
            "good" | "h2" | "wrong-host" | "expired" => params.signed_by(&key, &trusted)?,
            "unknown-authority" => params.signed_by(&key, &stranger)?,
            "self-signed" => params.self_signed(&key)?,
            _ => return Err("there is none of that name".into()),
        };
        let server = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut server = server.with_single_cert(vec![certificate.der().clone()], key)?;
        if name == "h2" {
            server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        let authority = file();
        std::fs::write(&authority, trusted.pem())?;
        Ok(Self { server: Arc::new(server), authority })
    }
}

impl Drop for Identity {
    fn drop(&mut self) {
        // A file that is left in the temporary folder does no harm.
        let _ = std::fs::remove_file(&self.authority);
    }
}

fn authority(name: &str) -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn file() -> PathBuf {
    std::env::temp_dir().join(format!("{}.pem", crate::deadline::unique("faults-authority")))
}
