//! One TLS configuration for the requests and the WebSocket, so that what one refuses the other refuses (F120).

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use rustls::{
    ClientConfig, RootCertStore,
    client::{Resumption, WebPkiServerVerifier, danger::ServerCertVerifier},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::{
    options_error::OptionsError,
    verifier::{AnyCertificate, NoRoots},
};

/// Whom to trust, and who we are.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("sockeye-tls-{}", std::process::id()));
/// # std::fs::create_dir(&folder)?;
/// # std::env::set_current_dir(&folder)?;
/// # let made = rcgen::generate_simple_self_signed([String::from("chat.example.com")])?;
/// # for name in ["ca.pem", "client.pem"] { std::fs::write(name, made.cert.pem())?; }
/// # std::fs::write("client.key", made.signing_key.serialize_pem())?;
/// use sockeye_native::{Certificate, Identity, ManagerBuilder, Roots};
///
/// let ours = Certificate::from_pem(&std::fs::read("ca.pem")?)?;
/// let identity = Identity::from_pem(&std::fs::read("client.pem")?, &std::fs::read("client.key")?)?;
/// let socket = ManagerBuilder::new("https://chat.example.com")?
///     .net(|net| {
///         net.tls.roots = Roots::PlatformAnd(ours);
///         net.tls.identity = Some(identity);
///     })
///     .socket()?;
/// # std::fs::remove_dir_all(folder)?;
/// # let _ = socket; Ok(()) }
/// ```
#[derive(Clone, Debug, Default)]
pub struct TlsOptions {
    /// Who may vouch for the server. Default: whom the system trusts.
    pub roots: Roots,
    /// A certificate of our own, for servers that ask for one (O-26). Default none.
    pub identity: Option<Identity>,
    /// Whether any certificate of any host is taken (O-27). Then nobody is kept from reading and changing
    /// everything that is sent. Default false.
    pub dangerous_accept_any_certificate_because_i_am_testing: bool,
}

/// Who may vouch for the server.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Roots {
    /// Whom the system trusts: on Windows, macOS, iOS and Android the system itself decides; elsewhere the
    /// files where distributions keep certificates are read, once in a process, or those that the variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name. Without any the first connection fails with words about it, and
    /// plain `http` goes on working.
    #[default]
    Platform,
    /// These too. On Android only these.
    PlatformAnd(Vec<Certificate>),
    /// Nobody else.
    Only(Vec<Certificate>),
}

/// A certificate.
#[derive(Clone, Debug)]
pub struct Certificate(CertificateDer<'static>);

/// A certificate, the ones between it and its root, and its private key.
pub struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Certificate {
    /// One certificate in DER; it is looked at when it is used.
    pub fn from_der(der: &[u8]) -> Self {
        Self(CertificateDer::from(der.to_vec()))
    }

    /// All certificates of a PEM file; at least one.
    pub fn from_pem(pem: &[u8]) -> Result<Vec<Self>, OptionsError> {
        Ok(certificates(pem)?.into_iter().map(Self).collect())
    }
}

impl Identity {
    /// From PEM: the certificate with those between it and its root, and the key (PKCS #8, PKCS #1 or SEC 1,
    /// not encrypted). Both may be the same file.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, OptionsError> {
        // The parser's own words may quote the file, and that file is a secret.
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|_| OptionsError::Certificate(String::from("there is no private key in the PEM")))?;
        Ok(Self { chain: certificates(chain)?, key })
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, OptionsError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if found.is_empty() => {
            Err(OptionsError::Certificate(String::from("there is no certificate in the PEM")))
        }
        Ok(found) => Ok(found),
        Err(error) => Err(OptionsError::Certificate(error.to_string())),
    }
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        Self { chain: self.chain.clone(), key: self.key.clone_key() }
    }
}

/// Without the key.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("certificates", &self.chain.len()).finish_non_exhaustive()
    }
}

/// The configuration for reqwest and for the WebSocket. Its provider is named, never the process's default, so
/// other crates may bring what they like (F126).
///
/// One for the whole process where nothing was asked for: it is over a kilobyte a manager.
pub(crate) fn client_config(options: &TlsOptions) -> Result<Arc<ClientConfig>, OptionsError> {
    static USUAL: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    let usual = options.identity.is_none()
        && matches!(options.roots, Roots::Platform)
        && !options.dangerous_accept_any_certificate_because_i_am_testing;
    if !usual {
        return build(options, 8).map(Arc::new);
    }
    if let Some(config) = USUAL.get() {
        return Ok(Arc::clone(config));
    }
    let config = Arc::new(build(options, 256)?);
    Ok(Arc::clone(USUAL.get_or_init(|| config)))
}

/// `sessions`: how many TLS sessions are remembered, to be resumed.
fn build(options: &TlsOptions, sessions: usize) -> Result<ClientConfig, OptionsError> {
    let provider = provider();
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .dangerous()
        .with_custom_certificate_verifier(verifier(options, &provider)?);
    let mut config = match &options.identity {
        Some(identity) => builder
            .with_client_auth_cert(identity.chain.clone(), identity.key.clone_key())
            .map_err(unusable)?,
        None => builder.with_no_client_auth(),
    };
    // A WebSocket needs HTTP/1.1, and polling gains little from more (F039).
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.resumption = Resumption::in_memory_sessions(sessions);
    Ok(config)
}

fn verifier(
    options: &TlsOptions,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, OptionsError> {
    if options.dangerous_accept_any_certificate_because_i_am_testing {
        return Ok(Arc::new(AnyCertificate::new(provider)));
    }
    Ok(match &options.roots {
        Roots::Platform => platform(provider),
        #[cfg(not(target_os = "android"))]
        Roots::PlatformAnd(more) => {
            let more: Vec<_> = more.iter().map(|certificate| certificate.0.clone()).collect();
            let both = Verifier::new_with_extra_roots(more, Arc::clone(provider));
            Arc::new(both.map_err(unusable)?)
        }
        #[cfg(target_os = "android")]
        Roots::PlatformAnd(only) => own(only, provider)?,
        Roots::Only(only) => own(only, provider)?,
    })
}

/// Read once: a distribution's roots are some 150 files, and each manager would keep a copy.
fn platform(provider: &Arc<CryptoProvider>) -> Arc<dyn ServerCertVerifier> {
    static PLATFORM: OnceLock<Arc<dyn ServerCertVerifier>> = OnceLock::new();
    Arc::clone(PLATFORM.get_or_init(|| match Verifier::new(Arc::clone(provider)) {
        Ok(verifier) => Arc::new(verifier),
        Err(_) => Arc::new(NoRoots::new(provider)),
    }))
}

fn own(
    roots: &[Certificate],
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, OptionsError> {
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root.0.clone()).map_err(unusable)?;
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider)).build();
    Ok(verifier.map_err(|error| OptionsError::Certificate(error.to_string()))?)
}

fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    Arc::clone(PROVIDER.get_or_init(|| Arc::new(rustls::crypto::ring::default_provider())))
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn unusable(error: rustls::Error) -> OptionsError {
    OptionsError::Certificate(error.to_string())
}
