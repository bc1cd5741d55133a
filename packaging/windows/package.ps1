# From what `mvn package` has left, makes the Windows installers in target/packages: one for the whole machine and one for
# a single person. Needs WiX on the PATH. Signed when SIGNING_THUMBPRINT names a certificate of the person's store.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot '../..')

$program = 'target/posthorn'
$packages = 'target/packages'
$image = 'target/image/Posthorn'
$jar = (Get-ChildItem "$program/lib/posthorn-*.jar").BaseName
$version = $jar -replace '^posthorn-', ''
$number = $version -replace '-.*', ''
$jdk = Get-Content "$program/lib/java.home"
$architecture = if ($env:PROCESSOR_ARCHITECTURE -eq 'ARM64') { 'arm64' } else { 'x64' }

# Windows knows an older Posthorn by these and replaces it: they never change.
$machineUpgrade = 'ae07d947-8dad-4350-9884-31053bd9468f'
$userUpgrade = 'fea30a2f-d5c7-4e26-861a-86cb10a75b2e'

function Invoke-Signing($files) {
    if ($env:SIGNING_THUMBPRINT) {
        $kits = "${env:ProgramFiles(x86)}/Windows Kits/10/bin/*/x64/signtool.exe"
        $signtool = (Get-ChildItem $kits | Select-Object -Last 1).FullName
        & $signtool sign /sha1 $env:SIGNING_THUMBPRINT /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 $files
    }
}

Remove-Item -Recurse -Force target/image, $packages -ErrorAction SilentlyContinue
New-Item -ItemType Directory target/image/jars, $packages | Out-Null

# Windows alone has a key store of its own for certificates.
$javafx = (Get-ChildItem "$program/lib/javafx-*.jar").FullName -join ';'
& "$jdk/bin/jlink" '@packaging/jlink.arguments' --add-modules jdk.crypto.mscapi --module-path $javafx `
    --output target/image/runtime

# JavaFX's natives go where the JDK has its own.
Add-Type -AssemblyName System.IO.Compression.FileSystem
$graphics = (Get-ChildItem "$program/lib/javafx-graphics-*.jar").FullName
$archive = [IO.Compression.ZipFile]::OpenRead($graphics)
foreach ($entry in $archive.Entries | Where-Object { $_.Name -like '*.dll' }) {
    $target = Join-Path (Resolve-Path target/image/runtime/bin) $entry.Name
    if (-not (Test-Path $target)) {
        [IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $target)
    }
}
$archive.Dispose()
Get-ChildItem "$program/lib/*.jar" -Exclude 'javafx-*' | Copy-Item -Destination target/image/jars

& "$jdk/bin/jpackage" '@packaging/jpackage.arguments' --type app-image --dest target/image --app-version $number `
    --runtime-image target/image/runtime --main-jar "$jar.jar" --icon target/icons/posthorn.ico `
    --add-launcher 'posthorn-cli=packaging/windows/posthorn-cli.properties'
Copy-Item LICENSE $image
Copy-Item src/main/resources/org/posthorn/dependencies.txt "$image/NOTICES.txt"
# A start-up cache fits jars of the very time it was trained with; an installer keeps whole and even seconds.
$moment = [DateTimeOffset]::FromUnixTimeSeconds([long](git log -1 --format=%ct) -band -2).UtcDateTime
Get-ChildItem "$image/app/*.jar" | ForEach-Object { $_.LastWriteTimeUtc = $moment }

# Makes the start-up cache of a launcher, as on Linux, from what the JVM records while a command runs.
function Add-StartupCache($launcher, $cache, $command) {
    $record = "$(Resolve-Path target/image)/$cache.record"
    $env:JAVA_TOOL_OPTIONS = "-XX:AOTMode=record -XX:AOTConfiguration=$record -Xlog:aot=error"
    & $command
    $env:JAVA_TOOL_OPTIONS = "-XX:AOTMode=create -XX:AOTConfiguration=$record -XX:AOTCache=$record.aot -Xlog:aot=error"
    & "$image/posthorn-cli.exe"
    $env:JAVA_TOOL_OPTIONS = $null
    Move-Item "$record.aot" "$image/app/$cache"
    # The JVM's options are the last of this file. A cache that does not fit only slows the start.
    Add-Content "$image/app/$launcher.cfg" ('java-options=-XX:AOTCache=$APPDIR\' + $cache), 'java-options=-Xlog:aot=off'
}

function Show-Window {
    Start-Process "$image/Posthorn.exe"
    do {
        Start-Sleep 1
        $shown = Get-Process Posthorn | Where-Object { $_.MainWindowHandle -ne 0 }
    } until ($shown)
    Start-Sleep 3
    $shown.CloseMainWindow() | Out-Null
    Get-Process Posthorn -ErrorAction SilentlyContinue | Wait-Process -Timeout 60
}

Add-StartupCache 'posthorn-cli' 'command.aot' { & "$image/posthorn-cli.exe" demo }
Add-StartupCache 'Posthorn' 'window.aot' { Show-Window }
Invoke-Signing "$image/Posthorn.exe", "$image/posthorn-cli.exe"

# Here Java refuses to start when its start-up cache does not fit.
$env:JAVA_TOOL_OPTIONS = '-XX:AOTMode=on'
& "$image/posthorn-cli.exe" demo
$env:JAVA_TOOL_OPTIONS = $null

# Exit codes pass through.
$PSNativeCommandUseErrorActionPreference = $false
& "$image/posthorn-cli.exe" no-such-command
if ($LASTEXITCODE -ne 2) { throw "a wrong command ended with $LASTEXITCODE, not 2" }
$PSNativeCommandUseErrorActionPreference = $true

$common = '--type', 'msi', '--app-image', $image, '--name', 'Posthorn', '--app-version', $number,
    '--vendor', 'The Posthorn project', '--license-file', 'LICENSE', '--win-menu', '--win-shortcut-prompt', '--win-dir-chooser'
foreach ($scope in 'machine', 'user') {
    $own = if ($scope -eq 'user') { '--win-per-user-install', '--win-upgrade-uuid', $userUpgrade }
        else { '--win-upgrade-uuid', $machineUpgrade }
    & "$jdk/bin/jpackage" @common @own --dest "target/image/$scope"
    $installer = "$packages/posthorn-$version-windows-$architecture-$scope.msi"
    Move-Item "target/image/$scope/*.msi" $installer
    Invoke-Signing $installer
}
