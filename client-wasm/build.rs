//! A page's stack need not be a megabyte: what lies behind it has shorter addresses then.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).as_deref() == Ok(value);
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && std::env::var_os("CARGO_FEATURE_NPM").is_some() {
        println!("cargo::rustc-cdylib-link-arg=-zstack-size=32768");
    }
}
