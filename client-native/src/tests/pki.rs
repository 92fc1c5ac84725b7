//! A certificate authority, and what it signs.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::{
    RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::WebPkiClientVerifier,
};

use crate::tls::{Certificate, Identity, Roots, TlsOptions};

pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its key.
pub(super) struct Leaf {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    pem: (String, String),
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A good one for this host, changed at will.
    pub(super) fn sign(&self, host: &str, change: impl FnOnce(&mut CertificateParams)) -> Leaf {
        let key = KeyPair::generate().unwrap();
        let mut params = params(host);
        change(&mut params);
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Leaf::new(&certificate, &key)
    }

    pub(super) fn roots(&self) -> Roots {
        Roots::Only(Certificate::from_pem(self.0.pem().as_bytes()).unwrap())
    }

    /// Trusting only this one.
    pub(super) fn trusted(&self) -> TlsOptions {
        TlsOptions { roots: self.roots(), ..TlsOptions::default() }
    }

    fn store(&self) -> RootCertStore {
        let mut store = RootCertStore::empty();
        store.add(self.0.der().clone()).unwrap();
        store
    }
}

impl Leaf {
    pub(super) fn self_signed(host: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        Self::new(&params(host).self_signed(&key).unwrap(), &key)
    }

    fn new(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        Self {
            chain: vec![certificate.der().clone()],
            key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            pem: (certificate.pem(), key.serialize_pem()),
        }
    }

    pub(super) fn identity(&self) -> Identity {
        Identity::from_pem(self.pem.0.as_bytes(), self.pem.1.as_bytes()).unwrap()
    }

    pub(super) fn server(&self) -> ServerConfig {
        builder().with_no_client_auth().with_single_cert(self.chain.clone(), self.key.clone_key()).unwrap()
    }

    /// Takes only clients that this authority knows.
    pub(super) fn server_for(&self, clients: &Authority) -> ServerConfig {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(clients.store()), provider);
        builder()
            .with_client_cert_verifier(verifier.build().unwrap())
            .with_single_cert(self.chain.clone(), self.key.clone_key())
            .unwrap()
    }
}

pub(super) fn expired(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 1, 1);
}

fn params(host: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
    params.extended_key_usages =
        vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    params
}

fn builder() -> rustls::ConfigBuilder<ServerConfig, rustls::WantsVerifier> {
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
}
