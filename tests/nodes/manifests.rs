//! `compose.yaml` and `deploy` name what the program has. No container is run here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

const KUBERNETES: [&str; 3] = ["redis.yaml", "www.yaml", "ingress.yaml"];

#[test]
fn the_program_takes_the_flags_that_containers_start_it_with() {
    let compose = compose();
    let dockerfile = read("deploy/Dockerfile");
    let line = dockerfile.lines().find_map(|line| line.strip_prefix("CMD ")).unwrap();
    let mut all = vec![words(&YamlLoader::load_from_str(line).unwrap()[0]), words(&container("www")["args"])];
    all.extend(nodes(&compose).iter().map(|(_, node)| words(&node["command"])));
    assert_eq!(all.len(), 5);
    for arguments in all {
        // What it does not know it refuses before it helps.
        let helped = Command::new(env!("CARGO_BIN_EXE_www")).args(&arguments).arg("--help").output().unwrap();
        let told = String::from_utf8_lossy(&helped.stderr);
        assert!(helped.status.success(), "{arguments:?}: {told}");
        // On the loopback of a container nobody would reach it.
        assert_eq!(after(&arguments, "--host"), "0.0.0.0");
    }
}

/// The default is published, so the program takes no address that others reach without one.
#[test]
fn the_token_of_the_administration_comes_from_outside() {
    let name = "SOCKEYE_ADMIN_TOKEN";
    let arguments = words(&container("www")["args"]);
    let refused = Command::new(env!("CARGO_BIN_EXE_www")).args(&arguments).env_remove(name).output().unwrap();
    let told = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(told.contains(name), "{told}");

    for (_, node) in nodes(&compose()) {
        let token = node["environment"][name].as_str().unwrap();
        // Compose itself refuses to start without it.
        assert!(token.starts_with(&format!("${{{name}:?")), "{token}");
    }
    let variable = &container("www")["env"][0];
    assert_eq!(variable["name"].as_str(), Some(name));
    let secret = &variable["valueFrom"]["secretKeyRef"];
    let made = format!(
        "kubectl create secret generic {} --from-literal={}=",
        secret["name"].as_str().unwrap(),
        secret["key"].as_str().unwrap()
    );
    assert!(read("deploy/kubernetes/www.yaml").contains(&made), "{made}");
    assert!(read("www/guide/pages/many-nodes.md").contains(&made), "{made}");
}

#[test]
fn the_ports_are_those_of_the_nodes() {
    let compose = compose();
    let port = after(&words(&container("www")["args"]), "--port");
    for (_, node) in nodes(&compose) {
        assert_eq!(after(&words(&node["command"]), "--port"), port);
    }
    assert!(read("deploy/Dockerfile").contains(&format!("EXPOSE {port}\n")));
    let www = container("www");
    assert_eq!(number(&www["ports"][0]["containerPort"]), port);
    assert_eq!(number(&www["readinessProbe"]["httpGet"]["port"]), port);
    let service = object("Service", "www");
    assert_eq!(number(&service["spec"]["ports"][0]["targetPort"]), port);
    let backend = &object("Ingress", "www")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"];
    assert_eq!(backend["name"], service["metadata"]["name"]);
    assert_eq!(backend["port"]["number"], service["spec"]["ports"][0]["port"]);

    let balancer = read("deploy/haproxy.cfg");
    let servers: BTreeSet<_> = balancer
        .lines()
        .filter_map(|line| line.trim().strip_prefix("server "))
        .map(|line| line.split(' ').nth(1).unwrap().to_owned())
        .collect();
    let expected: BTreeSet<_> =
        nodes(&compose).into_iter().map(|(name, _)| format!("{name}:{port}")).collect();
    assert_eq!(servers, expected);
    let outside = compose["services"]["balancer"]["ports"][0].as_str().unwrap();
    let inside = outside.rsplit(':').next().unwrap();
    assert!(balancer.contains(&format!("bind :{inside}\n")), "{outside}");
}

#[test]
fn redis_is_where_the_nodes_look_for_it() {
    let compose = compose();
    let redis = object("Service", "redis");
    let place = format!(
        "redis://{}:{}",
        redis["metadata"]["name"].as_str().unwrap(),
        number(&redis["spec"]["ports"][0]["port"])
    );
    assert_eq!(after(&words(&container("www")["args"]), "--redis"), place);
    assert_eq!(number(&container("redis")["ports"][0]["containerPort"]), "6379", "Redis's own");
    for (_, node) in nodes(&compose) {
        assert_eq!(after(&words(&node["command"]), "--redis"), "redis://redis:6379");
    }
    assert_eq!(compose["services"]["redis"]["image"], container("redis")["image"]);
}

#[test]
fn the_image_is_that_of_this_version() {
    let image = format!("sockeye-www:{}", env!("CARGO_PKG_VERSION"));
    let compose = compose();
    for (_, node) in nodes(&compose) {
        assert_eq!(node["image"].as_str().unwrap(), image);
        assert!(root().join(node["build"]["dockerfile"].as_str().unwrap()).is_file());
    }
    assert_eq!(container("www")["image"].as_str().unwrap(), image);
    assert!(read("deploy/Dockerfile").contains(&format!("-t {image} .")));
}

/// The program in it builds nothing: what the image does not hold would be an address without a page.
#[test]
fn the_image_holds_every_page() {
    let dockerfile = read("deploy/Dockerfile");
    assert!(dockerfile.contains("cargo run --locked --package sockeye-pack -- apps"));
    let folders = sockeye_pack::App::ALL.map(|app| format!("www/apps/{}/dist", app.name()));
    for folder in folders.iter().map(String::as_str).chain(["client-wasm/npm/dist"]) {
        assert!(dockerfile.contains(&format!("COPY --from=build /sockeye/{folder} {folder}\n")), "{folder}");
    }
}

#[test]
fn labels_lead_from_services_to_their_pods() {
    for name in ["www", "redis"] {
        let deployment = object("Deployment", name);
        let labels = &deployment["spec"]["template"]["metadata"]["labels"];
        assert_eq!(&deployment["spec"]["selector"]["matchLabels"], labels);
        assert_eq!(&object("Service", name)["spec"]["selector"], labels);
    }
    let all = words(&load("deploy/kubernetes/kustomization.yaml")[0]["resources"]);
    assert_eq!(all, KUBERNETES);
}

/// By `HAProxy` itself, where it is; the names of the nodes mean nothing here, which it is told to bear.
#[test]
fn haproxy_takes_its_configuration() {
    let check = Command::new("haproxy").args(["-c", "-f", "deploy/haproxy.cfg"]).current_dir(root()).output();
    if let Ok(checked) = check {
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
}

fn compose() -> Yaml {
    load("compose.yaml").remove(0)
}

fn nodes(compose: &Yaml) -> Vec<(String, &Yaml)> {
    let services = compose["services"].as_hash().unwrap();
    let named = services.iter().map(|(name, service)| (name.as_str().unwrap().to_owned(), service));
    named.filter(|(name, _)| name.starts_with("node-")).collect()
}

/// The one container of a deployment.
fn container(name: &str) -> Yaml {
    object("Deployment", name)["spec"]["template"]["spec"]["containers"][0].clone()
}

fn object(kind: &str, name: &str) -> Yaml {
    let all = KUBERNETES.iter().flat_map(|file| load(&format!("deploy/kubernetes/{file}")));
    let is_it =
        |it: &Yaml| it["kind"].as_str() == Some(kind) && it["metadata"]["name"].as_str() == Some(name);
    all.into_iter().find(is_it).unwrap_or_else(|| panic!("there is no {kind} {name}"))
}

fn after(arguments: &[String], flag: &str) -> String {
    let at =
        arguments.iter().position(|it| it == flag).unwrap_or_else(|| panic!("no {flag} in {arguments:?}"));
    arguments[at + 1].clone()
}

fn words(list: &Yaml) -> Vec<String> {
    list.as_vec().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

fn number(value: &Yaml) -> String {
    value.as_i64().unwrap().to_string()
}

fn load(path: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
